import { describe, expect, it, test } from "vitest";
import { namesOf, threadOf, wordsOf } from "./reading.js";

type Locals = readonly string[] | null;

const first = "#0  walk (node=0x0) at list.c:12\n";
const second = "#1  0x0000000000001160 in main () at list.c:30\n";

/** The locals of each frame as `NAME = VALUE`. */
function localsOf(text: string): Locals[] {
  return threadOf(text).frames.map(
    ({ locals }) => locals?.map(({ name, value }) => `${name} = ${value}`) ?? null,
  );
}

const bodies: readonly (readonly [form: string, body: string, expected: Locals])[] = [
  ["no variables", "No locals.", []],
  ["no debug info", "No symbol table info available.", null],
  ["no pc", "PC unavailable, cannot determine locals.", null],
  ["no variables, then a source line", "No locals.\n13\t  n = 1;", []],
  [
    "innermost block first, a shadowed name twice",
    "        c = 2.5\n        c = 120 'x'",
    ["c = 2.5", "c = 120 'x'"],
  ],
  ["a static", "        counter = 3", ["counter = 3"]],
  [
    "Go's own names",
    "        ~r0 = 1\n        &x = 0xc000\n        main.v = {len = 1}",
    ["~r0 = 1", "&x = 0xc000", "main.v = {len = 1}"],
  ],
  [
    "set print pretty",
    `        o = {
          in = {{
              x = 0,
              {
                l = 0
              }
            }, {
              x = 7
            }},
          self = 0x7fffffffe2d0
        }
        um = std::unordered_map with 1 element = {
          [1] = "one"
        }
        n = 3`,
    [
      "o = { in = {{ x = 0, { l = 0 } }, { x = 7 }}, self = 0x7fffffffe2d0 }",
      'um = std::unordered_map with 1 element = { [1] = "one" }',
      "n = 3",
    ],
  ],
  [
    "set print pretty: `<No data fields>}, ` and a blank",
    `        c = {
          fn = {
            <std::unary_function<int, int>> = {<No data fields>}, <No data fields>},${" "}
            <std::_Function_base> = {
              static _M_max_size = 16
            },${" "}
            _M_invoker = 0x0
          }
        }
        n = 3`,
    [
      "c = { fn = { <std::unary_function<int, int>> = {<No data fields>}, <No data fields>}, <std::_Function_base> = { static _M_max_size = 16 }, _M_invoker = 0x0 } }",
      "n = 3",
    ],
  ],
  [
    "set print array on",
    `        a = {1,
          2}
        m =     {{1,
            2},
          {3}}
        n = 3`,
    ["a = {1, 2}", "m = {{1, 2}, {3}}", "n = 3"],
  ],
  [
    "set print array-indexes on",
    "        e = {[0] = 1,\n          [1] = 2}\n        n = 3",
    ["e = {[0] = 1, [1] = 2}", "n = 3"],
  ],
  [
    "set width, behind a comma",
    `        buf = {1, 2, 3,${" "}
          4, 5, 6}
        s = "aa", 'b' <repeats 20 times>,${" "}
          "cc"
        n = 3`,
    ["buf = {1, 2, 3, 4, 5, 6}", 's = "aa", \'b\' <repeats 20 times>, "cc"', "n = 3"],
  ],
  ["print max-depth 1", "        o = {x = 1, in = {...}}", ["o = {x = 1, in = {...}}"]],
  ["print address off", "        p = \n        q =\n        n = 3", ["p = ", "q = ", "n = 3"]],
  [
    "a tab",
    "\to = {\n\t  in = {{\n\t      x = 0\n\t    }}\n\t}\n\tn = 3",
    ["o = { in = {{ x = 0 }} }", "n = 3"],
  ],
  ["a source line in front", "12\t  node = node->next;\n        n = 3", ["n = 3"]],
  ["a source line with its address in front", "0x0000555555555131\t12\t  f ();\n        n = 3", ["n = 3"]],
  ["a source that is not there", "12\t./list.c: No such file or directory.\n        n = 3", ["n = 3"]],
  [
    "an error instead of a value",
    "        v = <error reading variable v (Cannot access memory at address 0x0)>\n        n = 3",
    ["v = <error reading variable v (Cannot access memory at address 0x0)>", "n = 3"],
  ],
  [
    "a printer that fails leaves its bracket open",
    "        v = std::vector of length 9, capacity 9 = {<error reading variable v (Cannot access memory at address 0x0)>\n        n = 3",
    [
      "v = std::vector of length 9, capacity 9 = {<error reading variable v (Cannot access memory at address 0x0)>",
      "n = 3",
    ],
  ],
  [
    "a complaint that ends the value",
    "        v = Python Exception <class 'gdb.MemoryError'>: Cannot access memory at address 0x0\n        n = 3",
    ["v = Python Exception <class 'gdb.MemoryError'>: Cannot access memory at address 0x0", "n = 3"],
  ],
  [
    "a complaint, and then the value without its printer",
    "        gen = Python Exception <class 'gdb.error'>: No type named node.\n{um = std::set with 1 element = {[0] = 3}}\n        n = 3",
    ["gen = {um = std::set with 1 element = {[0] = 3}}", "n = 3"],
  ],
  [
    "complaints in the midst of a value",
    `        unwind_buf = {cancel_jmp_buf = {Python Exception <class 'TypeError'>: expected string or bytes-like object, got 'NoneType'
{jmp_buf = {140737488348392}, mask_was_saved = 0}}, priv = {pad = {0x0}, data = Python Exception <class 'TypeError'>: expected string or bytes-like object, got 'NoneType'
{prev = 0x0, canceltype = -6936}}}
        not_first_call = <optimized out>`,
    [
      "unwind_buf = {cancel_jmp_buf = {{jmp_buf = {140737488348392}, mask_was_saved = 0}}, priv = {pad = {0x0}, data = {prev = 0x0, canceltype = -6936}}}",
      "not_first_call = <optimized out>",
    ],
  ],
  [
    "two warnings in the midst of a value",
    `        d = &dyn zoo::Shape {pointer: 0x7fffffffe020, vtable: 0x5555555baf98warning: (Internal error: pc 0x5555555baf98 in read in CU, but not in symtab.)
warning: (Error: pc 0x5555555baf98 in address map, but not in symtab.)
}
        n = 3`,
    ["d = &dyn zoo::Shape {pointer: 0x7fffffffe020, vtable: 0x5555555baf98}", "n = 3"],
  ],
  [
    "two warnings in the midst of a pretty value, which leave an empty line",
    `        d = &dyn zoo::Shape {
          pointer: 0x7fffffffe020,
          vtable: 0x5555555baf98warning: (Internal error: pc 0x5555555baf98 in read in CU, but not in symtab.)
warning: (Error: pc 0x5555555baf98 in address map, but not in symtab.)

        }
        n = 3`,
    ["d = &dyn zoo::Shape { pointer: 0x7fffffffe020, vtable: 0x5555555baf98}", "n = 3"],
  ],
  [
    "a complaint between two locals",
    "        a = 1\nwarning: (Error: pc 0x55 in address map, but not in symtab.)\n        b = 2",
    ["a = 1", "b = 2"],
  ],
  [
    "a string that speaks of a warning",
    '        s = 0x55 "warning: low"\n        n = 3',
    ['s = 0x55 "warning: low"', "n = 3"],
  ],
  [
    "a mailer's break while brackets are open",
    `        unwind_buf = {cancel_jmp_buf = {{jmp_buf = {140737276315328,
6823814031244195274, -128}, mask_was_saved =
0}}, priv = {pad = {0x0}}}
        n = 3`,
    [
      "unwind_buf = {cancel_jmp_buf = {{jmp_buf = {140737276315328, 6823814031244195274, -128}, mask_was_saved = 0}}, priv = {pad = {0x0}}}",
      "n = 3",
    ],
  ],
  [
    "a mailer's break while a string is open",
    '        s = 0x55 "some words\nand others"\n        n = 3',
    ['s = 0x55 "some words and others"', "n = 3"],
  ],
  [
    "a mailer's break in front of the value",
    "        unwind_buf =\n{a = 1, b = 2}\n        n = 3",
    ["unwind_buf = {a = 1, b = 2}", "n = 3"],
  ],
];

describe("bt full", () => {
  test.each(bodies)("%s", (_, body, expected) => {
    const text = `${first}${body}\n${second}        argc = 1\n`;
    expect(localsOf(text)).toEqual([expected, ["argc = 1"]]);
    expect(namesOf(threadOf(text))).toEqual(["0 walk", "1 main"]);
  });

  it("has the locals of an elided frame, indented with it", () => {
    const text = `#0  f (x=1) at a.c:3
        n = 3
#2  0x02 in h (x=1) at a.c:5
        n = 4
    #1  0x01 in g (x=1) at a.c:4
            n = 5
            o = {
              x = 1
            }
#3  0x03 in i (x=1) at a.c:6
        n = 6
`;
    expect(namesOf(threadOf(text))).toEqual(["0 f", "2 h", "1 g", "3 i"]);
    expect(localsOf(text)).toEqual([["n = 3"], ["n = 4"], ["n = 5", "o = { x = 1 }"], ["n = 6"]]);
  });

  it("ends with what gdb says of the list", () => {
    const text = `${first}        n = 3\n(More stack frames follow...)\n        m = 4\n`;
    expect(localsOf(text)).toEqual([["n = 3"]]);
    expect(threadOf(text).end?.reason).toBe("more-frames");
  });

  it("spans a value to the end of its last line", () => {
    const text = `${first}        v = {a = 1,\nb = 2}\n        n = 3\n`;
    const locals = threadOf(text).frames[0]?.locals ?? [];
    expect(locals.map(({ span }) => wordsOf(text, span))).toEqual(["v = {a = 1,\nb = 2}", "n = 3"]);
  });
});

describe("what stands below a value whose brackets are open", () => {
  const open = "        v = {a = 1, b = {c = 2\n";

  it.each([
    ["prose", "I think that this is odd"],
    ["a stop", "Program received signal SIGSEGV, Segmentation fault."],
    ["a value that was printed", "$1 = {x = 1}"],
    ["an end", "Backtrace stopped: Cannot access memory at address 0x8"],
    ["a note", "[Inferior 1 (process 4711) exited with code 01]"],
    ["a source line", '13\t  f ("a", {1});'],
    ["a command", "(gdb) p {int} 0x55"],
  ])("is none of it: %s", (_, line) => {
    expect(localsOf(`${first}${open}${line}\n`)).toEqual([["v = {a = 1, b = {c = 2"]]);
  });

  it("is none of it behind an empty line", () => {
    expect(localsOf(`${first}${open}\nd = 3}}\n`)).toEqual([["v = {a = 1, b = {c = 2"]]);
  });

  it("may be the next thread", () => {
    const text = `Thread 2 (LWP 9):\n${first}${open}Thread 1 (LWP 8 "m"):\n${first}`;
    expect(() => threadOf(text)).toThrow("2 threads");
  });
});

describe("what other commands print", () => {
  it.each(["info locals", "info args", "p x", "x/4x $sp"])("is no local of the last frame: %s", (command) => {
    const text = `(gdb) bt full\n${first}        n = 3\n${second}(gdb) ${command}\n        m = 4\nNo locals.\n}\n`;
    expect(localsOf(text)).toEqual([["n = 3"], null]);
  });

  it("is no local where `info locals` prints at column 0", () => {
    const text = `(gdb) bt\n${first}${second}(gdb) info locals\no = {\n  x = 1\n}\nn = 3\n(gdb) info args\nNo arguments.\n`;
    expect(localsOf(text)).toEqual([null, null]);
  });

  it("is no local where `display` shows an expression between two frames", () => {
    expect(localsOf(`${first}1: depth = 3\n2: /x flags = 0x3\n${second}`)).toEqual([null, null]);
  });
});

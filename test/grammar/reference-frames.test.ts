import { describe, expect, test } from "vitest";
import { parseFrame } from "../../src/parse/gdb/gdb-line.js";
import type { FrameNode } from "../../src/parse/nodes.js";

type Item = readonly [name: string | null, value: string | null, entryValue?: string];
type Expected = Partial<Omit<FrameNode, "items" | "start" | "end">> & { readonly items?: readonly Item[] };
type Row = readonly [form: string, line: string, expected: Expected];

/** All that a line says; what a row leaves out is null, none, or a normal frame that is whole. */
function whole({ items = [], ...rest }: Expected): unknown {
  return {
    level: 3,
    address: null,
    function: null,
    kind: "normal",
    file: null,
    line: null,
    library: null,
    cut: false,
    ...rest,
    items: items.map(([name, value, entryValue = null]) => ({ name, value, entryValue })),
  };
}

function read(line: string): unknown {
  const node = parseFrame(line);
  if (node === null) return null;
  const { start: _, end: __, items, ...rest } = node;
  return { ...rest, items: items.map(({ name, value, entryValue }) => ({ name, value, entryValue })) };
}

function each(section: string, rows: readonly Row[]): void {
  describe(section, () => {
    test.each(rows)("%s: %s", (_, line, expected) => {
      expect(read(line)).toEqual(whole(expected));
    });
  });
}

each("frame lines", [
  [
    "a library without a symbol",
    "#4  0x00007ffff7c9d919 in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6",
    {
      level: 4,
      address: "0x00007ffff7c9d919",
      function: "??",
      library: "/lib/x86_64-linux-gnu/libstdc++.so.6",
    },
  ],
  [
    "a library's function with its parameters",
    "#6  0x00007ffff7ca8e85 in std::terminate() () from /lib/x86_64-linux-gnu/libstdc++.so.6",
    {
      level: 6,
      address: "0x00007ffff7ca8e85",
      function: "std::terminate()",
      library: "/lib/x86_64-linux-gnu/libstdc++.so.6",
    },
  ],
  ["a signal handler", "#10 <signal handler called>", { level: 10, kind: "signal-handler" }],
  ["a call from gdb", "#1  <function called from gdb>", { level: 1, kind: "inferior-call" }],
  ["a call to another architecture", "#1  <cross-architecture call>", { level: 1, kind: "arch-call" }],
  [
    "a PLT entry",
    "#0  0x0000555555555040 in lib_visible@plt ()",
    { level: 0, address: "0x0000555555555040", function: "lib_visible@plt" },
  ],
  [
    "the executable without debug info",
    "#1  0x0000555555555131 in main ()",
    { level: 1, address: "0x0000555555555131", function: "main" },
  ],
  [
    "the end in garbage",
    "#12 0x0000000000000000 in ?? ()",
    { level: 12, address: "0x0000000000000000", function: "??" },
  ],
  [
    "8 digits on a 32-bit machine",
    "#0  0x08048abc in main () at a.c:3",
    { level: 0, address: "0x08048abc", function: "main", file: "a.c", line: 3 },
  ],
  [
    "a level of three digits",
    "#100 0x0000555555555180 in walk (depth=5) at deep.c:7",
    {
      level: 100,
      address: "0x0000555555555180",
      function: "walk",
      items: [["depth", "5"]],
      file: "deep.c",
      line: 7,
    },
  ],
  [
    "a level of five digits",
    "#74821 0x0000555555555180 in walk () at deep.c:7",
    { level: 74821, address: "0x0000555555555180", function: "walk", file: "deep.c", line: 7 },
  ],
  [
    "a flag behind the address",
    "#1  0x0000aaaad4e41234 [PAC] in run (n=1) at x.c:3",
    { level: 1, address: "0x0000aaaad4e41234", function: "run", items: [["n", "1"]], file: "x.c", line: 3 },
  ],
  [
    "several flags",
    "#1  0x0000aaaad4e41234 [PAC,MTE] in run () at x.c:3",
    { level: 1, address: "0x0000aaaad4e41234", function: "run", file: "x.c", line: 3 },
  ],
  [
    "no address is known",
    "#1  <unavailable> in run (n=<unavailable>) at x.c:3",
    {
      level: 1,
      address: "<unavailable>",
      function: "run",
      items: [["n", "<unavailable>"]],
      file: "x.c",
      line: 3,
    },
  ],
  ["nothing is known", "#1  <unavailable> in ?? ()", { level: 1, address: "<unavailable>", function: "??" }],
]);

each("missing addresses", [
  [
    "the innermost inlined frame has one",
    "#5  0x000055555555506e in inner (p=<synthetic pointer>, x=<optimized out>) at inline.c:13",
    {
      level: 5,
      address: "0x000055555555506e",
      function: "inner",
      items: [
        ["p", "<synthetic pointer>"],
        ["x", "<optimized out>"],
      ],
      file: "inline.c",
      line: 13,
    },
  ],
  [
    "the real function has none",
    "#7  lost (gone=gone@entry=7, kept=<optimized out>, p=...) at inline.c:21",
    {
      level: 7,
      function: "lost",
      items: [
        ["gone", "7", "7"],
        ["kept", "<optimized out>"],
        ["p", "..."],
      ],
      file: "inline.c",
      line: 21,
    },
  ],
  [
    "`print address off`, which empties pointers too",
    '#3  trap (o=, n=1, s="a") at inline.c:13',
    {
      function: "trap",
      items: [
        ["o", ""],
        ["n", "1"],
        ["s", '"a"'],
      ],
      file: "inline.c",
      line: 13,
    },
  ],
  [
    "`print address off` in a library",
    "#3  ?? () from /lib/libc.so.6",
    { function: "??", library: "/lib/libc.so.6" },
  ],
  ["`print address off` without a symbol", "#3  ?? ()", { function: "??" }],
]);

const x3 = { file: "x.c", line: 3 };

each("arguments", [
  [
    "gcc's parameter packs",
    "#3  pack<int, char> (__args#0=1, __args#1=2 '\\002') at x.c:3",
    {
      function: "pack<int, char>",
      items: [
        ["__args#0", "1"],
        ["__args#1", "2 '\\002'"],
      ],
      ...x3,
    },
  ],
  [
    "clang's packs, one name four times",
    "#3  pack (a=2.5, a=2.5, a=2.5, a=2.5) at x.c:3",
    {
      function: "pack",
      items: [
        ["a", "2.5"],
        ["a", "2.5"],
        ["a", "2.5"],
        ["a", "2.5"],
      ],
      ...x3,
    },
  ],
  [
    "gcc's packs may be missing",
    "#3  pack<int, char, char const*, double> ()",
    { function: "pack<int, char, char const*, double>" },
  ],
  [
    "a lambda's closure",
    "#3  operator() (__closure=0x0, this=0x7ffe) at x.c:3",
    {
      function: "operator()",
      items: [
        ["__closure", "0x0"],
        ["this", "0x7ffe"],
      ],
      ...x3,
    },
  ],
  [
    "Fortran's hidden length",
    "#3  m::deep (s='hi\\'there', _s=8) at x.c:3",
    {
      function: "m::deep",
      items: [
        ["s", "'hi\\'there'"],
        ["_s", "8"],
      ],
      ...x3,
    },
  ],
  [
    "Go's results",
    "#3  main.f (n=1, $ret0=0) at x.c:3",
    {
      function: "main.f",
      items: [
        ["n", "1"],
        ["$ret0", "0"],
      ],
      ...x3,
    },
  ],
  [
    "an error with its message",
    "#3  f (v=<error reading variable: Cannot access memory at address 0x40fc>) at x.c:3",
    {
      function: "f",
      items: [["v", "<error reading variable: Cannot access memory at address 0x40fc>"]],
      ...x3,
    },
  ],
  [
    "an error with name and parentheses",
    "#3  f (v=<error reading variable v (Cannot access memory at address 0x0)>, w=1) at x.c:3",
    {
      function: "f",
      items: [
        ["v", "<error reading variable v (Cannot access memory at address 0x0)>"],
        ["w", "1"],
      ],
      ...x3,
    },
  ],
  [
    "a printer's headings, with commas and equal signs",
    "#3  f (v=std::vector of length 3, capacity 3 = {...}, none=std::optional<int> [no contained value], t=std::tuple containing = {[1] = 1, [2] = true}, xs=&[i32](size=3) = {...}) at x.c:3",
    {
      function: "f",
      items: [
        ["v", "std::vector of length 3, capacity 3 = {...}"],
        ["none", "std::optional<int> [no contained value]"],
        ["t", "std::tuple containing = {[1] = 1, [2] = true}"],
        ["xs", "&[i32](size=3) = {...}"],
      ],
      ...x3,
    },
  ],
  [
    "numbers without names",
    "#3  0x1 in f (1, 2) at x.c:3",
    { address: "0x1", function: "f", items: [[null, "1, 2"]], ...x3 },
  ],
  [
    "numbers behind a named one",
    "#3  f (x=1, 2, 3) at x.c:3",
    { function: "f", items: [["x", "1, 2, 3"]], ...x3 },
  ],
]);

each("print frame-arguments", [
  [
    "none",
    "#3  trap (code=..., why=...) at x.c:3",
    {
      function: "trap",
      items: [
        ["code", "..."],
        ["why", "..."],
      ],
      ...x3,
    },
  ],
  [
    "presence, with arguments",
    "#3  trap (...) at x.c:3",
    { function: "trap", items: [[null, "..."]], ...x3 },
  ],
  ["presence, without", "#3  main () at x.c:3", { function: "main", ...x3 }],
  [
    "all",
    '#3  f (o={x = 1, in = {s = 0x5 "a) at b.c:1", l = {1, 2}}}, n=2) at x.c:3',
    {
      function: "f",
      items: [
        ["o", '{x = 1, in = {s = 0x5 "a) at b.c:1", l = {1, 2}}}'],
        ["n", "2"],
      ],
      ...x3,
    },
  ],
  [
    "raw-frame-arguments on",
    "#3  f (p={_M_t = {<std::__uniq_ptr_impl<int, std::default_delete<int> >> = {_M_t = {<No data fields>}}, <No data fields>}}, q=3) at x.c:3",
    {
      function: "f",
      items: [
        [
          "p",
          "{_M_t = {<std::__uniq_ptr_impl<int, std::default_delete<int> >> = {_M_t = {<No data fields>}}, <No data fields>}}",
        ],
        ["q", "3"],
      ],
      ...x3,
    },
  ],
]);

/** One function of each column of the table of modes. */
function modes(column: string, rows: readonly (readonly [mode: string, shown: string, item: Item])[]): void {
  each(
    `print entry-values, ${column}`,
    rows.map(([mode, shown, item]) => [
      mode,
      `#3  f (${shown}, z=0) at x.c:3`,
      { function: "f", items: [item, ["z", "0"]], ...x3 },
    ]),
  );
}

modes("the actual value lost, that at entry known", [
  ["no", "val=<optimized out>", ["val", "<optimized out>"]],
  ["only", "val@entry=3", ["val", null, "3"]],
  ["preferred", "val@entry=3", ["val", null, "3"]],
  ["if-needed", "val@entry=3", ["val", null, "3"]],
  ["both", "val=<optimized out>, val@entry=3", ["val", "<optimized out>", "3"]],
  ["compact", "val@entry=3", ["val", null, "3"]],
  ["default", "val=<optimized out>, val@entry=3", ["val", "<optimized out>", "3"]],
]);

modes("both equal", [
  ["no", "gone=7", ["gone", "7"]],
  ["only", "gone@entry=7", ["gone", null, "7"]],
  ["preferred", "gone@entry=7", ["gone", null, "7"]],
  ["if-needed", "gone=7", ["gone", "7"]],
  ["both", "gone=7, gone@entry=7", ["gone", "7", "7"]],
  ["compact", "gone=gone@entry=7", ["gone", "7", "7"]],
  ["default", "gone=gone@entry=7", ["gone", "7", "7"]],
]);

modes("changed since", [
  ["no", "val=2", ["val", "2"]],
  ["only", "val@entry=1", ["val", null, "1"]],
  ["preferred", "val@entry=1", ["val", null, "1"]],
  ["if-needed", "val=2", ["val", "2"]],
  ["both", "val=2, val@entry=1", ["val", "2", "1"]],
  ["compact", "val=2, val@entry=1", ["val", "2", "1"]],
  ["default", "val=2, val@entry=1", ["val", "2", "1"]],
]);

modes("that at entry unknown", [
  ["no", "argc=1", ["argc", "1"]],
  ["only", "argc@entry=<optimized out>", ["argc", null, "<optimized out>"]],
  ["preferred", "argc=1", ["argc", "1"]],
  ["if-needed", "argc=1", ["argc", "1"]],
  ["both", "argc=1, argc@entry=<optimized out>", ["argc", "1", "<optimized out>"]],
  ["compact", "argc=1", ["argc", "1"]],
  ["default", "argc=1", ["argc", "1"]],
]);

each("settings that change the line", [
  [
    "frame-info short-location",
    "#3  0x0000555555555131 in trap (x=1)",
    { address: "0x0000555555555131", function: "trap", items: [["x", "1"]] },
  ],
  ["frame-info short-location, no address", "#3  trap (x=1)", { function: "trap", items: [["x", "1"]] }],
  ["frame-info short-location, nothing at all", "#3  main ()", { function: "main" }],
  [
    "frame-info location-and-address",
    "#3  0x000055555555506e in middle (x=<optimized out>) at x.c:3",
    { address: "0x000055555555506e", function: "middle", items: [["x", "<optimized out>"]], ...x3 },
  ],
  [
    "filename-display absolute",
    "#3  f () at /home/me/src/x.c:3",
    { function: "f", file: "/home/me/src/x.c", line: 3 },
  ],
  ["filename-display basename", "#3  f () at x.c:3", { function: "f", ...x3 }],
  [
    "print symbol-filename on",
    "#3  trap (cb=0x555555555169 <main at tc.c:6>, d=0x5555 <table+4 at tc.c:3>) at x.c:3",
    {
      function: "trap",
      items: [
        ["cb", "0x555555555169 <main at tc.c:6>"],
        ["d", "0x5555 <table+4 at tc.c:3>"],
      ],
      ...x3,
    },
  ],
  [
    "print symbol off",
    "#3  0x0000555555555131 in trap (cb=0x555555555169) at x.c:3",
    { address: "0x0000555555555131", function: "trap", items: [["cb", "0x555555555169"]], ...x3 },
  ],
]);

each("frame filters", [
  [
    "the symbol's full name",
    "#0  bottom(int) (depth=15) at f.cpp:3",
    { level: 0, function: "bottom(int)", items: [["depth", "15"]], file: "f.cpp", line: 3 },
  ],
  [
    "the library behind `at`",
    "#0  0x00007ffff7e5eeec in ?? () at /lib/x86_64-linux-gnu/libc.so.6",
    { level: 0, address: "0x00007ffff7e5eeec", function: "??", library: "/lib/x86_64-linux-gnu/libc.so.6" },
  ],
  [
    "the signal frame like an ordinary one",
    "#5  0x00007ffff7e10050 in <signal handler called> () at /lib/x86_64-linux-gnu/libc.so.6",
    {
      level: 5,
      address: "0x00007ffff7e10050",
      kind: "signal-handler",
      library: "/lib/x86_64-linux-gnu/libc.so.6",
    },
  ],
  [
    "an elided frame",
    "    #1  0x01 in mid () at f.cpp:3",
    { level: 1, address: "0x01", function: "mid", file: "f.cpp", line: 3 },
  ],
  [
    "an elided frame's elided frame",
    "        #2  0x01 in mid () at f.cpp:3",
    { level: 2, address: "0x01", function: "mid", file: "f.cpp", line: 3 },
  ],
]);

each("the ambiguities", [
  [
    "1: the last parenthesis behind a blank opens the arguments",
    "#3  0x1 in std::function<int (int)>::operator()(int) const (this=0x7ffe, __args#0=31) at x.c:3",
    {
      address: "0x1",
      function: "std::function<int (int)>::operator()(int) const",
      items: [
        ["this", "0x7ffe"],
        ["__args#0", "31"],
      ],
      ...x3,
    },
  ],
  [
    "1: it is not the last one of the line, which stands in a value",
    "#3  f (m=(int (Caller::*)(Caller * const, int)) 0x5555 <Caller::f(int)>) at x.c:3",
    {
      function: "f",
      items: [["m", "(int (Caller::*)(Caller * const, int)) 0x5555 <Caller::f(int)>"]],
      ...x3,
    },
  ],
  [
    "1: `operator<` opens no bracket",
    "#3  ns::operator< (a=1) at x.c:3",
    { function: "ns::operator<", items: [["a", "1"]], ...x3 },
  ],
  [
    "2: values hold what looks like the end",
    "#3  f (s=0x5 \"a) at b.c:1) from /lib/x.so\", c=41 ')') at x.c:3",
    {
      function: "f",
      items: [
        ["s", '0x5 "a) at b.c:1) from /lib/x.so"'],
        ["c", "41 ')'"],
      ],
      ...x3,
    },
  ],
  [
    "2: a value that never closes",
    "#3  f (v=std::vector of length 9, capacity -9 = {<error reading variable v (Cannot access memory at address 0x0)>) at x.c:3",
    {
      function: "f",
      items: [
        [
          "v",
          "std::vector of length 9, capacity -9 = {<error reading variable v (Cannot access memory at address 0x0)>",
        ],
      ],
      ...x3,
    },
  ],
  [
    "3: a heading's `capacity 3 = ` is no argument",
    "#3  f (v=std::vector of length 3, capacity 3 = {1, 2, 3}, n=1) at x.c:3",
    {
      function: "f",
      items: [
        ["v", "std::vector of length 3, capacity 3 = {1, 2, 3}"],
        ["n", "1"],
      ],
      ...x3,
    },
  ],
  [
    "8: one argument of two items, and two of one name",
    "#3  f (val=1, val@entry=2, a=2.5, a=2.5) at x.c:3",
    {
      function: "f",
      items: [
        ["val", "1", "2"],
        ["a", "2.5"],
        ["a", "2.5"],
      ],
      ...x3,
    },
  ],
  ["9: a drive and a blank", "#3  f () at C:\\x y\\f.c:3", { function: "f", file: "C:\\x y\\f.c", line: 3 }],
  ["9: line 0", "#3  f () at <built-in>:0", { function: "f", file: "<built-in>", line: 0 }],
  ["9: a copy", "#3  f () at ./a (copy).c:3", { function: "f", file: "./a (copy).c", line: 3 }],
  ["9: Go's own", "#3  f () at <autogenerated>:1", { function: "f", file: "<autogenerated>", line: 1 }],
  [
    "10: Rust's values, chars and lifetimes",
    "#3  f (a=T {a: 1, b: T(1)}, b=T::None, c=39 '\\'', d='static) at x.c:3",
    {
      function: "f",
      items: [
        ["a", "T {a: 1, b: T(1)}"],
        ["b", "T::None"],
        ["c", "39 '\\''"],
        ["d", "'static"],
      ],
      ...x3,
    },
  ],
]);

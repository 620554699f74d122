import { describe, expect, it } from "vitest";
import type { Variable } from "../../src/model/trace.js";
import { namesOf, threadOf, wordsOf } from "./reading.js";

const first = "#0  walk (node=0x0) at list.c:12\n";
const second = "#1  0x0000000000001160 in main () at list.c:30\n";

/** The locals of each frame as `NAME = VALUE`. */
function localsOf(text: string): (string[] | null)[] {
  return threadOf(text).frames.map(
    ({ locals }) => locals?.map(({ name, value }: Variable) => `${name} = ${value}`) ?? null,
  );
}

describe("the locals of a frame", () => {
  it("are none that is known of where nothing is printed", () => {
    expect(localsOf(first + second)).toEqual([null, null]);
  });

  it("are no variables where gdb says so", () => {
    expect(localsOf(`${first}No locals.\n${second}No symbol table info available.\n`)).toEqual([[], null]);
  });

  it("are read by name and value, a shadowed name twice", () => {
    const text = `${first}        c = 2.5\n        c = 120 'x'\n        counter = 3\n${second}        text = 0x5 "a = b"\n`;
    expect(localsOf(text)).toEqual([["c = 2.5", "c = 120 'x'", "counter = 3"], ['text = 0x5 "a = b"']]);
  });

  it("are read behind a tab too", () => {
    expect(localsOf(`${first}\tc = 2.5\n\td = 1\n`)).toEqual([["c = 2.5", "d = 1"]]);
  });

  it("are joined to one line where gdb printed them over several", () => {
    const text = `${first}        o = {
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
        n = 3
${second}No locals.
`;
    expect(localsOf(text)).toEqual([
      [
        "o = { in = {{ x = 0, { l = 0 } }, { x = 7 }}, self = 0x7fffffffe2d0 }",
        'um = std::unordered_map with 1 element = { [1] = "one" }',
        "n = 3",
      ],
      [],
    ]);
  });

  it("stay with their frame where the value is nested on one line", () => {
    const value = '{x = 1, y = {z = 0x5 "}", w = {1, 2, 3 <repeats 20 times>}}, {l = 3}}';
    expect(localsOf(`${first}        pair = ${value}\n${second}`)).toEqual([[`pair = ${value}`], null]);
  });

  it("span their words, within their thread and outside their frame", () => {
    const text = `${first}        a = 1\n        o = {\n          x = 1\n        }\n`;
    const thread = threadOf(text);
    const [frame] = thread.frames;
    expect(frame?.locals?.map(({ span }) => wordsOf(text, span))).toEqual([
      "a = 1",
      "o = {\n          x = 1\n        }",
    ]);
    expect(wordsOf(text, thread.span)).toBe(text.trimEnd());
    expect(frame === undefined ? "" : wordsOf(text, frame.span)).toBe(first.trimEnd());
  });

  it.each([
    ["a source line", "12\tnode = node->next;"],
    ["prose", "Here node = NULL was expected."],
    ["a line that is indented less", "    node = 0x0"],
    ["a command", "(gdb) set var node = 1"],
  ])("are not read from %s", (_, line) => {
    expect(localsOf(`${first}${line}\n`)).toEqual([null]);
  });

  it("do not end the trace", () => {
    const text = `${first}        v = std::vector of length 1, capacity 1 = {<error reading variable v (Cannot access memory at address 0x0)>\n${second}`;
    expect(namesOf(threadOf(text))).toEqual(["0 walk", "1 main"]);
  });
});

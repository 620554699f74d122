import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Positions } from "../../src/text/positions.js";

/** The slow and obvious way: walk to the offset. */
function walk(text: string, offset: number) {
  let [line, column] = [1, 1];
  for (let at = 0; at < offset; at++) {
    const ends = text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n");
    if (ends) [line, column] = [line + 1, 1];
    else column++;
  }
  return { offset, line, column };
}

describe("positions", () => {
  it("count a carriage return with a newline as one line end, and a lone one as one too", () => {
    const positions = new Positions({ text: "a\r\nb\rc\nd", origin: { offset: 0, line: 1, column: 1 } });
    expect(positions.at(3)).toEqual({ offset: 3, line: 2, column: 1 });
    expect(positions.at(5)).toEqual({ offset: 5, line: 3, column: 1 });
    expect(positions.at(7)).toEqual({ offset: 7, line: 4, column: 1 });
  });

  it("start where the window does", () => {
    const positions = new Positions({ text: "ab\ncd", origin: { offset: 100, line: 7, column: 5 } });
    expect(positions.at(1)).toEqual({ offset: 101, line: 7, column: 6 });
    expect(positions.at(4)).toEqual({ offset: 104, line: 8, column: 2 });
  });

  it("agree with a walk over the text, in whatever order they are asked", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "#", "é"), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 10 }), (all, offsets) => {
        const positions = new Positions({ text: all, origin: { offset: 0, line: 1, column: 1 } });
        for (const offset of offsets.filter((one) => one <= all.length)) {
          expect(positions.at(offset)).toEqual(walk(all, offset));
        }
      }),
    );
  });
});

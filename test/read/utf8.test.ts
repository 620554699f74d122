import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { walkUtf8 } from "../../src/read/utf8.js";

const start = { offset: 0, line: 1, column: 1 };

/** What the walk counts, got by making the text. */
function counted(text: string): { offset: number; line: number; column: number } {
  const lines = text.split(/\r\n|\r|\n/);
  return { offset: text.length, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Bytes that lie at the borders of what UTF-8 allows, so that broken characters of every kind come up often. */
const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        0x0a,
        0x0d,
        0x41,
        0x7f,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc0,
        0xc1,
        0xc2,
        0xdf,
        0xe0,
        0xe1,
      ),
      fc.constantFrom(0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff, 0xbb),
      fc.nat(255),
    ),
    { maxLength: 40 },
  )
  .map((list) => Uint8Array.from(list));

const mixed = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
      bytes,
    ),
    { maxLength: 4 },
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)));

describe("walking UTF-8", () => {
  it("counts what TextDecoder makes of any bytes", () => {
    fc.assert(
      fc.property(mixed, (input) => {
        const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(input);
        expect(walkUtf8(input, 0, input.length, start).end).toEqual(counted(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("goes on where it stopped, at every line end", () => {
    fc.assert(
      fc.property(mixed, (input) => {
        const whole = walkUtf8(input, 0, input.length, start);
        for (const [index, byte] of input.entries()) {
          if (byte !== 0x0a) continue;
          const first = walkUtf8(input, 0, index + 1, start);
          const rest = walkUtf8(input, index + 1, input.length, first.end);
          expect(rest.end).toEqual(whole.end);
          expect(first.firstInvalid ?? rest.firstInvalid).toEqual(whole.firstInvalid);
        }
      }),
    );
  });

  it("tells where the first byte is that is not UTF-8, and only then", () => {
    fc.assert(
      fc.property(mixed, (input) => {
        const { firstInvalid } = walkUtf8(input, 0, input.length, start);
        let wellFormed = true;
        try {
          new TextDecoder("utf-8", { fatal: true }).decode(input);
        } catch {
          wellFormed = false;
        }
        expect(firstInvalid === null).toBe(wellFormed);
        if (firstInvalid === null) return;
        const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(input);
        expect(text[firstInvalid.offset]).toBe("\ufffd");
        expect(counted(text.slice(0, firstInvalid.offset))).toEqual(firstInvalid);
      }),
      { numRuns: 2000 },
    );
  });

  it("takes a replacement character that the text itself holds for what it is", () => {
    expect(walkUtf8(new TextEncoder().encode("a\ufffd"), 0, 4, start).firstInvalid).toBeNull();
  });
});

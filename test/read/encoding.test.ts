import { describe, expect, it } from "vitest";
import { encodingOf, sampleSize } from "../../src/read/encoding.js";

const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
const trace = "\u001b[33m#0  main () at t.c:3\u001b[m\r\n#1  größe (\t寛) at ü.c:4\r\n";

describe("the encoding", () => {
  it.each([
    ["UTF-8", Buffer.from("\ufeffabc"), { name: "utf-8", mark: 3 }],
    ["UTF-16 of either order", utf16("\ufeffabc"), { name: "utf-16le", mark: 2 }],
    ["UTF-16 of the other order", utf16("\ufeffabc").swap16(), { name: "utf-16be", mark: 2 }],
  ])("is what the byte order mark of %s says", (_, bytes, encoding) => {
    expect(encodingOf(bytes)).toEqual(encoding);
  });

  it("is UTF-16 where the NULs of an ASCII text show it, in both orders", () => {
    for (const text of [trace, trace.repeat(100), "a line\n".repeat(5000)]) {
      const sample = utf16(text).subarray(0, sampleSize);
      expect(encodingOf(sample)).toEqual({ name: "utf-16le", mark: 0 });
      expect(encodingOf(Buffer.from(sample).swap16())).toEqual({ name: "utf-16be", mark: 0 });
      expect(encodingOf(sample.subarray(0, sample.length - 1)).name).toBe("utf-16le");
    }
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["a few letters with NULs", utf16("#0 a")],
    ["plain text", Buffer.from(trace)],
    ["NULs", Buffer.alloc(sampleSize)],
    ["text padded with NULs", Buffer.concat([utf16(trace), Buffer.alloc(100)])],
    [
      "small numbers of 16 bits",
      Buffer.from(Uint16Array.from({ length: 500 }, (_, index) => index % 128).buffer),
    ],
    ["numbers of 32 bits", Buffer.from(Uint32Array.from({ length: 500 }, (_, index) => index + 40).buffer)],
    ["UTF-32", Buffer.from(Uint32Array.from(trace, (character) => character.codePointAt(0) ?? 0).buffer)],
    [
      "an ELF header",
      Buffer.from("7f454c4602010100000000000000000003003e0001000000b0610000000000004000000000000000", "hex"),
    ],
    ["strings with NULs between", Buffer.from("a\0b\0\0c\0abc\0def\0".repeat(20))],
    ["Chinese in UTF-16", utf16("内存区域事务深度为零".repeat(20))],
    ["GB 18030", Buffer.from("c4dab4e6c7f8d3f2".repeat(30), "hex")],
  ])("of %s is taken for UTF-8", (_, bytes) => {
    expect(encodingOf(bytes)).toEqual({ name: "utf-8", mark: 0 });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Input } from "../../src/read/input.js";
import { readPlain, readText } from "../../src/read/plain.js";

const source = { path: "crash.txt", member: null, messageId: null };
const frame = "#0  main () at t.c:3";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16le = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, "utf16le");
const utf16be = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, "utf16le").swap16();

/** Each window is the text at its origin, and its origin is where line ends say. */
function expectInPlace(input: Input, text: string): void {
  for (const { text: inside, origin } of input.windows) {
    expect(text.slice(origin.offset, origin.offset + inside.length)).toBe(inside);
    const lines = text.slice(0, origin.offset).split(/\r\n|\r|\n/);
    expect(origin.line).toBe(lines.length);
    expect(origin.column).toBe((lines.at(-1)?.length ?? 0) + 1);
  }
}

const filler = fc.constantFrom(
  "plain words\n".repeat(800),
  "größer, 寛, 😀 and more\r\n".repeat(400),
  "old lines\r".repeat(900),
  `${frame}\n`,
  "x: Assertion `é' failed.\r\n",
  "\n",
  "\r",
  "\ufeff",
);
const texts = fc.array(filler, { maxLength: 40 }).map((parts) => parts.join(""));

describe("reading a plain file", () => {
  it("keeps the source and gives the whole of a short text as one window", () => {
    const text = `Here it is:\n${frame}\nThanks`;
    expect(readPlain(bytesOf(text), source)).toEqual({
      source,
      windows: [{ text, origin: { offset: 0, line: 1, column: 1 } }],
      diagnostics: [],
    });
  });

  it("gives no window for an empty input, and none where nothing is found", () => {
    expect(readPlain(new Uint8Array(), source)).toEqual({ source, windows: [], diagnostics: [] });
    expect(readPlain(bytesOf("nothing here\n"), source).windows).toEqual([]);
  });

  it("places every window in the decoded text, whatever the line ends and characters are", () => {
    fc.assert(
      fc.property(texts, (text) => expectInPlace(readPlain(bytesOf(`x${text}`), source), `x${text}`)),
      { numRuns: 100 },
    );
  });

  it("places every window in the decoded text where bytes are broken", () => {
    const junk = fc.uint8Array({ maxLength: 30 });
    const pieces = fc.array(fc.oneof(junk, texts.map(bytesOf)), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const bytes = Buffer.concat([Buffer.from("x"), ...parts]);
        expectInPlace(readPlain(bytes, source), new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["UTF-8", bytesOf(`\ufeffé\r\n${frame}`)],
    ["UTF-16 of either order", utf16le(`é\r\n${frame}`)],
    ["UTF-16 of the other order", utf16be(`é\r\n${frame}`)],
  ])("does not count the byte order mark of %s as text", (_, bytes) => {
    expect(readPlain(bytes, source)).toEqual({
      source,
      windows: [{ text: `é\r\n${frame}`, origin: { offset: 0, line: 1, column: 1 } }],
      diagnostics: [],
    });
  });

  it("keeps a mark that stands inside the text", () => {
    const text = `${"plain words\n".repeat(800)}\ufeff${frame}\n`;
    for (const bytes of [bytesOf(text), bytesOf(`\ufeff${text}`), utf16le(text)]) {
      expectInPlace(readPlain(bytes, source), text);
      expect(readPlain(bytes, source).windows[0]?.text).toContain("\ufeff#0");
    }
  });

  it("reads UTF-16 as it reads the same text in UTF-8, also where a pair lies across the pieces it is decoded in", () => {
    const text = `x${"😀".repeat(300_000)}\n${frame}\n`;
    expect(readPlain(utf16le(text), source)).toEqual(readPlain(bytesOf(text), source));
    expect(readPlain(utf16be(text.slice(1)), source)).toEqual(readPlain(bytesOf(text.slice(1)), source));
  });

  it("says once where the first byte in a window is that is not UTF-8", () => {
    const latin1 = Buffer.from(`größe\n${frame} é é\n`, "latin1");
    const { windows, diagnostics } = readPlain(latin1, source);
    expect(windows[0]?.text).toBe(`gr\ufffd\ufffde\n${frame} \ufffd \ufffd\n`);
    expect(diagnostics).toMatchObject([
      {
        severity: "note",
        code: "invalid-utf8",
        span: {
          start: { offset: 2, line: 1, column: 3 },
          end: { offset: 3, line: 1, column: 4 },
        },
      },
    ]);
  });

  it("says nothing of such bytes where it does not look", () => {
    const bytes = Buffer.concat([Buffer.from("é\n", "latin1"), bytesOf("plain words\n".repeat(800) + frame)]);
    const { windows, diagnostics } = readPlain(bytes, source);
    expect(windows).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });

  it("looks at what strings a binary file holds", () => {
    const bytes = Buffer.concat([Buffer.alloc(50_000), bytesOf(`\n${frame}\n`), Buffer.alloc(100_000)]);
    const { windows } = readPlain(bytes, source);
    expect(windows).toHaveLength(1);
    expect(windows[0]?.text).toContain(frame);
  });

  it("says where it looked at a part of an endless line only", () => {
    const text = `first\n${"x".repeat(2_000_000)} ${frame} ${"y".repeat(2_000_000)}\nlast\n`;
    const { windows, diagnostics } = readPlain(bytesOf(text), source);
    const [window] = windows;
    expectInPlace({ source, windows, diagnostics }, text);
    expect(window?.text).toContain(frame);
    expect(window?.text.length).toBeLessThan(100_000);
    expect(diagnostics).toMatchObject([
      { severity: "warning", code: "long-line", span: { start: window?.origin } },
    ]);
    expect(diagnostics[0]?.span.end.offset).toBe((window?.origin.offset ?? 0) + (window?.text.length ?? 0));
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom([], [0xff, 0xfe], [0xfe, 0xff]),
        (bytes, mark) => {
          readPlain(Uint8Array.from([...mark, ...bytes, ...bytesOf(frame)]), source);
        },
      ),
    );
  });
});

describe("reading text that is a string already", () => {
  it("gives the windows that its UTF-8 bytes give", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(readText(`x${text}`, source)).toEqual(readPlain(bytesOf(`x${text}`), source));
      }),
      { numRuns: 60 },
    );
  });

  it("keeps half of a surrogate pair as it is", () => {
    expect(readText(`\ud83d ${frame}`, source)).toEqual({
      source,
      windows: [{ text: `\ud83d ${frame}`, origin: { offset: 0, line: 1, column: 1 } }],
      diagnostics: [],
    });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";

const frame =
  '#2  0x00007ffff7e5eeec in report (what=0x555555556004 "a, (b", n=n@entry=6) at ./src/report.c:44';
const cleaned = (raw: string): string => clean(raw).view.text;

describe("cleaning", () => {
  it("takes colours and bracketed paste out", () => {
    expect(cleaned("\x1b[?2004l#1  \x1b[34m0x0001\x1b[m in \x1b[33mf\x1b[m ()\x1b[0m")).toBe(
      "#1  0x0001 in f ()",
    );
  });

  it("makes line ends newlines, a lone carriage return too", () => {
    expect(cleaned("#0  f ()\r\n#1  g ()\r#2  h ()\n")).toBe("#0  f ()\n#1  g ()\n#2  h ()\n");
  });

  it("makes no-break spaces blanks and takes zero-width characters out", () => {
    expect(cleaned("#0\u00a0\u00a0f\u200b ()")).toBe("#0  f ()");
  });

  it.each(["> ", "> > ", ">> ", ">>> ", " > "])("takes the quote marks `%s` off every line", (marks) => {
    const lines = ["see:", "", frame, "#3  main () at x.c:3"];
    expect(cleaned(lines.map((line) => marks + line).join("\n"))).toBe(lines.join("\n"));
  });

  it("leaves the `>` of a wrapped C++ name alone where the frame is not quoted", () => {
    const wrapped =
      "#2  0x01 in std::vector<std::pair<int, std::less<int>\n> >::at (this=0x1, n=3) at v.h:9\n";
    expect(cleaned(wrapped)).toBe(wrapped.replace("\n>", " >"));
  });

  it("takes the pager's lines out, in the middle of a frame too", () => {
    const paged =
      "#0  f (a=1, \n--Type <RET> for more, q to quit, c to continue without paging--c\n    b=2) at x.c:1\n";
    expect(cleaned(paged)).toBe("#0  f (a=1, b=2) at x.c:1\n");
  });

  it("takes the hunks of a patch out, and nothing around them", () => {
    const patch = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n #0  f () at x.c:1\n-old\n+new\n";
    expect(cleaned(`before\n${patch}#0  g () at y.c:2\n`)).toBe(
      "before\n--- a/x\n+++ b/x\n\n#0  g () at y.c:2\n",
    );
  });

  it("puts frames that a paragraph filler ran together on lines of their own", () => {
    expect(cleaned("#0  f () at x.c:1 #1  0x0001 in g () at x.c:2 #2  main () at x.c:3")).toBe(
      "#0  f () at x.c:1\n#1  0x0001 in g () at x.c:2\n#2  main () at x.c:3",
    );
  });

  it("parts a frame from the note on a thread that old gdb printed before it", () => {
    const line = "[Switching to thread 2 (Thread 0x7ffff7dd06c0 (LWP 31423))]#0  f () at x.c:1";
    expect(cleaned(line)).toBe(line.replace("]#", "]\n#"));
  });

  it("maps what it kept back to the same characters, whatever the text", () => {
    const pieces = fc.constantFrom(
      frame,
      "\n",
      "> ",
      "\r\n",
      "\x1b[1m",
      " at x.c:3",
      "#3  g (",
      ")",
      '"',
      "a=1,",
      "    ",
      "text",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const raw = parts.join("");
        const { view } = clean(raw);
        for (const { view: at, length, raw: from, verbatim } of view.pieces) {
          if (verbatim) expect(view.text.slice(at, at + length)).toBe(raw.slice(from, from + length));
        }
      }),
    );
  });
});

describe("the message of a failed assertion", () => {
  const glibc =
    "qemu: ../softmmu/memory.c:1108: memory_region_transaction_commit: Assertion `a && b' failed.";
  const glib =
    "ring:ERROR:../tests/ring.c:57:test_wrap: assertion failed (ring_count (&ring) == 3): (2 == 3)";

  it.each([
    ["inside its condition", glibc.replace("&& b", "&&\nb"), glibc],
    ["behind the function", glibc.replace(": Assertion", ":\nAssertion"), glibc],
    ["before its last word", glibc.replace(" failed", "\nfailed"), glibc],
    ["at three blanks", glibc.replace(": Assertion", ":\nAssertion").replace("a && b", "a\n&& b"), glibc],
    ["before GLib's condition", glib.replace(": assertion", ":\nassertion"), glib],
    ["before GLib's values", glib.replace(": (2", ":\n(2"), glib],
  ])("is joined where it was broken %s", (_, broken, whole) => {
    expect(cleaned(`one\n${broken}\ntwo`)).toBe(`one\n${whole}\ntwo`);
  });

  it("is left alone where no end of it comes", () => {
    const text = "x: a.c:1: f: Assertion `a &&\n\nb' failed.\n";
    expect(cleaned(text)).toBe(text);
  });
});

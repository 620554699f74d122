import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { cleaned } from "./cleaned.js";

describe("line ends", () => {
  it.each(["\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029"])("are made newlines: %j", (end) => {
    expect(cleaned(`#0  f () at x.c:3${end}#1  main () at x.c:4${end}`)).toBe(
      "#0  f () at x.c:3\n#1  main () at x.c:4\n",
    );
  });

  it("may be mixed", () => {
    expect(cleaned("#0  f ()\r\n#1  g ()\n#2  h ()\r#3  i ()\f\n")).toBe(
      "#0  f ()\n#1  g ()\n#2  h ()\n#3  i ()\n",
    );
  });

  it("are not seen in an ellipsis of Windows that was read as Latin-1", () => {
    expect(cleaned("#0  f (q=q\x85) at x.c:3\n")).toBe("#0  f (q=q...) at x.c:3\n");
  });

  it("keep the way back", () => {
    const raw = "#0  f ()\r\n#1  g ()\r\n";
    const { view } = clean(raw);
    const start = view.text.indexOf("#1");
    const [piece] = view.pieces.filter(({ view: at, length }) => at <= start && start < at + length);
    expect(piece?.verbatim).toBe(true);
    expect((piece?.raw ?? 0) + start - (piece?.view ?? 0)).toBe(raw.indexOf("#1"));
  });
});

describe("a counter that ran over itself", () => {
  it("leaves what came last", () => {
    expect(cleaned("Reading 3%\rReading 100%\r#0  main () at x.c:3\n")).toBe("#0  main () at x.c:3\n");
  });

  it("does not break the frame that it ran in", () => {
    expect(cleaned("#0  f (a=1,\n    Downloading 1%\rDownloading 2%\r    b=2) at x.c:3\n")).toBe(
      "#0  f (a=1, b=2) at x.c:3\n",
    );
  });

  it("is not seen in frames", () => {
    expect(cleaned("#0  f (n=3) at x.c:3\r#1  f (n=4) at x.c:3\r")).toBe(
      "#0  f (n=3) at x.c:3\n#1  f (n=4) at x.c:3\n",
    );
  });
});

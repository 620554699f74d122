import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { readingOf } from "../parse/reading.js";
import { reportOfText } from "../samples/samples.js";
import { initials, quoted } from "./mangle/quotes.js";
import { inPieces, stamped, stamps } from "./mangle/stamps.js";

const session = `(gdb) bt full
#0  0x00007ffff7e5eeec in report (what=0x555555556004 "a, (b",
    n=n@entry=6) at ./src/report.c:44
        buf = "x"
        count = 3

#1  0x00007ffff7e5ee00 in middle (p=<optimized out>)
    at ./src/middle.c:9
No locals.
#2  main () at ./src/main.c:12
No locals.`;

/** All that was read, but for where it stands. */
function readOf(text: string): unknown {
  return JSON.parse(
    JSON.stringify(readingOf(text).traces, (key, value: unknown) => (key === "span" ? null : value)),
  );
}

const withoutEnds = (text: string): string => text.replace(/[ \t]+$/gm, "");

describe("a log's stamps in front of every line", () => {
  it.each(Object.entries(stamps))("leave the trace with its locals: %s", (_, stamp) => {
    const log = `Running:\n${stamped(session, stamp)}\ndone\n`;
    expect(readOf(log)).toEqual(readOf(session));
    expect(readOf(withoutEnds(log))).toEqual(readOf(session));
    expect(reportOfText(log).documents[0]?.traces[0]?.threads[0]?.frames).toHaveLength(3);
  });

  it.each(initials)("may be somebody's mark: `%s`", (mark) => {
    expect(readOf(quoted(session, mark))).toEqual(readOf(session));
  });

  it.each([
    ["a mail that quotes a log", "> 2024-05-01T10:00:00.1234567Z "],
    ["a log that shows a mail", "2024-05-01T10:00:00.1234567Z > "],
    ["a mail that quotes a log that shows a mail", "> [12:00:00] > "],
    ["a log of a log", "10:00:00 web-1  | "],
    ["initials on a quote", "JD> > "],
    ["initials on a log", "JD> 10:00:00 "],
  ])("are taken off with quote marks around them or inside them: %s", (_, mark) => {
    expect(readOf(quoted(session, mark))).toEqual(readOf(session));
  });

  it("may be missing on some lines", () => {
    const some = session.split("\n").map((line, index) => (index % 3 === 1 ? line : `10:00:00 ${line}`));
    expect(readOf(some.join("\n"))).toEqual(readOf(session));
  });

  it.each([9, 40, 80])("end in a `+` where GitLab broke a line after %i characters", (length) => {
    expect(clean(inPieces(session, length)).view.text).toBe(clean(session).view.text);
  });

  it("are taken off the message of a failed assertion too", () => {
    const message = "qemu: ../pci.c:283: pcibus_reset: Assertion `irq_count == 0' failed.";
    for (const name of ["GitLab", "journalctl", "a time", "the kernel", "docker compose"])
      expect(readingOf((stamps[name]?.(1) ?? "") + message).assertions[0]?.expression, name).toBe(
        "irq_count == 0",
      );
  });
});

describe("what stands in front of a frame stays", () => {
  it.each([
    ["a patch's marks", "+#0  f (a=1) at x.c:1\n+#1  g () at x.c:2\n"],
    ["comments", "// #1  f (a=1) at x.c:1\n// #2  g () at x.c:2\n"],
    ["strings", '"#0  f (a=1) at x.c:1",\n"#1  g () at x.c:2",\n'],
    ["one frame in a sentence", "It dies in #1  f (a=1) at x.c:1, I think.\n"],
    ["frames that do not follow each other", "see #7  f (a=1)\nsee #2  g (b=1)\n"],
    ["stamps of a log without a trace", "10:00:00 started\n10:00:01 stopped\n"],
  ])("where it is %s", (_, text) => {
    expect(clean(text).view.text).toBe(text);
  });
});

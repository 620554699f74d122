import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { namesOf, readingOf, threadOf, wordsOf } from "../parse/reading.js";
import { reportOfText } from "../samples/samples.js";
import { cleaned } from "./cleaned.js";

const lines = [
  String.raw`#0  0x0000555555555131 in foo (s=0x555555556004 "a\n\"b\"", n=3) at a.c:1`,
  "        x = 1",
  "#1  0x0000555555555150 in main () at a.c:9",
];
const trace = `${lines.join("\n")}\n`;

/** All that was read, but for where it stands. */
function readOf(text: string): unknown {
  return JSON.parse(
    JSON.stringify(readingOf(text).traces, (key, value: unknown) => (key === "span" ? null : value)),
  );
}

describe("records of JSON with one line of a trace each", () => {
  it.each(["log", "MESSAGE", "message", "msg"])("become these lines: %s", (field) => {
    const text = ["starting", ...lines, "", "done"]
      .map((line) => `${JSON.stringify({ stream: "stderr", [field]: `${line}\n`, time: "2024-05-01" })}\n`)
      .join("");
    expect(cleaned(text)).toBe(`starting\n${trace}\ndone\n`);
    expect(reportOfText(text).documents[0]?.traces[0]?.threads[0]?.frames).toHaveLength(2);
  });

  it("may hold a record of another log", () => {
    const inner = JSON.stringify({ level: "error", msg: `Aborted\n${trace}` });
    expect(readOf(`${JSON.stringify({ log: `${inner}\n`, stream: "stderr" })}\n`)).toEqual(readOf(trace));
  });

  it("keep the way back", () => {
    const text = lines.map((line) => `${JSON.stringify({ log: `${line}\n`, stream: "stderr" })}\n`).join("");
    const [frame] = threadOf(text).frames;
    expect(frame && wordsOf(text, frame.span)).toBe(JSON.stringify(lines[0]).slice(1, -1));
  });

  it("stay where no frame is in them", () => {
    const text = '{"log":"one\\n","stream":"stderr"}\nin foo () at x.c:3 of #1\n';
    expect(cleaned(text)).toBe(text);
  });
});

describe("a string that holds a trace", () => {
  const words = `Aborted\n${trace}`;
  it.each([
    ["of ansible", `    "stdout": ${JSON.stringify(words)},\n`],
    ["with the line ends of Windows", `{"stdout":${JSON.stringify(words.replaceAll("\n", "\r\n"))}}\n`],
    ["with colours", `{"out":${JSON.stringify(words.replace("foo", "\u001b[33mfoo\u001b[m"))}}\n`],
    ["that is cut", `{"stdout":"Aborted\\n${JSON.stringify(trace).slice(1, -3)}`],
    ["of Python", `Error: output=b'Aborted\\n${JSON.stringify(trace).slice(1, -1)}' end\n`],
    [
      "of XML",
      `<failure message="${words.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;")}"/>\n`,
    ],
  ])("gets lines of its own: one %s", (_, text) => {
    expect(readOf(text)).toEqual(readOf(trace));
  });

  it("of systemd's journal is a message of coredumpctl", () => {
    const message =
      "Process 123 (a.out) of user 0 dumped core.\n\nStack trace of thread 123:\n#0  0x00007f1234567890 raise (libc.so.6 + 0x3d)\n#1  0x0000555555555170 main (a.out + 0x1170)";
    const text = `${JSON.stringify({ PRIORITY: "2", MESSAGE: message, _UID: "0" })}\n`;
    expect(namesOf(threadOf(text))).toEqual(["0 raise", "1 main"]);
  });

  it.each([
    ["a value", '        buf = "x\\n#1  0x0000555555555150 in main () at a.c:9"\n'],
    ["an element of an array", '        buf = {"x\\n#1  0x0000555555555150 in main () at a.c:9", "y"}\n'],
    ["an argument", '#0  f (s=0x55 "x\\n#1  0x0000555555555150 in main () at a.c:9") at a.c:1\n'],
  ])("keeps its escapes where gdb prints it as %s", (_, text) => {
    expect(cleaned(text)).toBe(text);
  });

  it("takes time in proportion to its length", () => {
    const long = `{"stdout":"${"\\n#1  0x0000555555555150 in f ()".repeat(60_000)}`;
    const started = performance.now();
    expect(clean(long).view.text).toContain("\n#1  0x0000555555555150 in f ()\n");
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

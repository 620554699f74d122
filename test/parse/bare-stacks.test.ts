import { describe, expect, it } from "vitest";
import { frameWordsOf, nested, printOf, shapeOf } from "./foreign-reading.js";
import { diagnosedOf, threadOf, traceOf, wordsOf } from "./reading.js";

const coredump = `#0  0x00007f3c9a2b0834 n/a (libc.so.6 + 0x90834)
#1  0x00007f3c9a25e8ee raise (libc.so.6 + 0x3e8ee)
#2  0x00007f3c9a4e21d3 _ZN4lamp5Board6switchENS_4SlotEb (liblamp.so.3 + 0x121d3)
`;

const elfutils = `#0  0x00007fab734f1df2 pause
#1  0x000055e54a90b248 lamp_wait
#2  0x000055e54a90b2ff lamp::Board::slot(int) const
`;

describe("frames of systemd-coredump without their heading", () => {
  it("are the thread that crashed", () => {
    expect(traceOf(coredump)).toMatchObject({
      dialect: "systemd-coredump",
      threads: [{ lwp: null, crashed: true, end: null }],
    });
    expect(frameWordsOf(coredump)).toEqual(coredump.trimEnd().split("\n"));
    expect(nested(coredump)).toBe(true);
  });

  it("may have prose around them, and empty lines between them", () => {
    const text = `It dies:\n\n${coredump.replaceAll("\n", "\n\n")}\nregards\n`;
    expect(shapeOf(text)).toEqual(["systemd-coredump 3"]);
  });

  it("may be broken by a mailer, also the first one", () => {
    const text = coredump.replaceAll(" (", "\n(");
    expect(threadOf(text).frames.map(printOf)).toEqual(threadOf(coredump).frames.map(printOf));
  });

  it("are threads of one trace where one list follows another", () => {
    expect(shapeOf(`${coredump}\n${coredump}`)).toEqual(["systemd-coredump 3+3"]);
  });

  it("are nothing where one stands alone, or shows no offset", () => {
    expect(shapeOf(`${coredump.split("\n")[0]}\n`)).toEqual([]);
    expect(shapeOf("#0  0x01 raise (libc.so.6)\n#1  0x02 main (a.out)\n")).toEqual([]);
  });
});

describe("frames of eu-stack without their heading", () => {
  it("are a thread", () => {
    expect(traceOf(elfutils)).toMatchObject({
      dialect: "elfutils",
      threads: [{ lwp: null, crashed: false, end: null }],
    });
    expect(frameWordsOf(elfutils)).toEqual(elfutils.trimEnd().split("\n"));
    expect(nested(elfutils)).toBe(true);
  });

  it("belong to the core that is named above", () => {
    expect(traceOf(`PID 7 - core\n${elfutils}`).threads[0]?.crashed).toBe(true);
  });

  it("are threads of one trace where one list follows another", () => {
    expect(shapeOf(`${elfutils}\n${elfutils}`)).toEqual(["elfutils 3+3"]);
    expect(shapeOf(`TID 7:\n${elfutils}${elfutils}TID 9:\n${elfutils}`)).toEqual(["elfutils 3+3+3"]);
  });

  it.each([
    ["behind the minus", " -\n/usr/lib64/libc.so.6\n"],
    ["in front of it", "\n- /usr/lib64/libc.so.6\n"],
  ])("may be broken by a mailer %s", (_, end) => {
    const text = elfutils.replaceAll("\n", end);
    expect(shapeOf(text)).toEqual(["elfutils 3"]);
    expect(threadOf(text).frames.map(({ library }) => library)).toEqual(
      Array(3).fill("/usr/lib64/libc.so.6"),
    );
  });

  it.each([
    ["one line", elfutils.split("\n")[0] ?? ""],
    ["an address of another width", elfutils.replaceAll("0x0000", "0x")],
    ["a list that begins elsewhere", elfutils.replaceAll("#0", "#3")],
    ["frames of gdb", elfutils.replaceAll(/(0x\w+) (\w+)$/gm, "$1 in $2 ()")],
    ["frames of coredumpctl that a terminal cut", `Stack trace of thread 7:\n${elfutils}`],
  ])("are not: %s", (_, text) => {
    expect(shapeOf(text).filter((shape) => shape.startsWith("elfutils"))).toEqual([]);
  });
});

describe("a frame of eu-stack that a mailer broke", () => {
  const whole = `TID 7:
#0  0x00007fab734f1df2 __pthread_kill_implementation - /usr/lib64/libc.so.6
#1  0x000055e54a90b248 - 1 lamp::Board::slot(int, char const*) - /opt/bin/lamp
#2  0x000055e54a90b2ff - 1 - /opt/bin/lamp
`;
  const expected = threadOf(whole).frames.map(printOf);

  it.each([
    ["behind the minus", whole.replaceAll(" - /", " -\n/")],
    ["in front of the minus", whole.replaceAll(" - /", "\n- /")],
    ["inside the parentheses", whole.replace("int, ", "int,\n")],
    ["behind the first minus", whole.replaceAll(" - 1 ", " -\n1 ")],
  ])("%s is read as a whole one", (_, text) => {
    expect(threadOf(text).frames.map(printOf)).toEqual(expected);
    expect(diagnosedOf(text)).toEqual([]);
    expect(nested(text)).toBe(true);
  });
});

describe("a stack of eu-stack that ends inside a frame", () => {
  it.each([
    ["behind the minus", "#1  0x000055e54a90b248 lamp_wait -", "lamp_wait"],
    ["inside the arguments", "#1  0x000055e54a90b248 lamp::wait(int, ch", "lamp::wait(int, ch"],
    ["inside the address", "#1  0x000055e5", null],
  ])("%s says so", (_, line, name) => {
    const text = `TID 7:\n#0  0x00007fab734f1df2 pause\n${line}`;
    const { frames, end } = threadOf(text);
    expect(end).toEqual({ reason: "cut", message: "frame #1 is cut" });
    expect(frames[1]?.function).toBe(name);
    expect(diagnosedOf(text)).toEqual([["cut-frame", line]]);
    expect(frames.map(({ span }) => wordsOf(text, span))[1]).toBe(line);
  });
});

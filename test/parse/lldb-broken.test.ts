import { describe, expect, it } from "vitest";
import { diagnosedOf, namesOf, threadOf, traceOf, wordsOf } from "./reading.js";

const whole = `* thread #1, name = 'lampd', stop reason = signal SIGSEGV: invalid address (fault address: 0x0)
  * frame #0: 0x0000555555555131 lampd\`lamp_off(board=0x0000000000000000) at board.c:31:5
    frame #1: 0x0000555555555160 lampd\`main at main.c:9:3
`;

describe("a header of a thread that a mailer broke", () => {
  it.each([
    ["behind the signal", whole.replace("SIGSEGV: ", "SIGSEGV:\n")],
    ["inside the description", whole.replace("invalid ", "invalid\n")],
    ["behind the equals sign", whole.replace("reason = ", "reason =\n")],
    ["in front of the reason", whole.replace(", stop", ",\nstop")],
    ["twice", whole.replace("stop reason = ", "stop\nreason = ").replace("(fault ", "(fault\n")],
  ])("%s tells the signal", (_, text) => {
    expect(traceOf(text)).toMatchObject({
      signal: { name: "SIGSEGV", description: "invalid address (fault address: 0x0)" },
      threads: [{ number: "1", name: "lampd", crashed: true }],
    });
    expect(wordsOf(text, traceOf(text).span)).toBe(text.trimEnd());
  });

  it("is whole where a frame stands right below", () => {
    expect(traceOf(whole).signal?.description).toBe("invalid address (fault address: 0x0)");
  });

  it("does not go on with words that no frame follows", () => {
    const text = `* thread #1, name = 'lampd', stop reason = signal SIGSEGV\nIt died.\n\n${whole}`;
    expect(traceOf(text).signal?.description).toBe("invalid address (fault address: 0x0)");
  });
});

describe("a thread of lldb that ends inside a frame", () => {
  it.each([
    ["in the address", "frame #1: 0x0000555555", null],
    ["behind the module", "frame #1: 0x0000555555555160 lampd`", null],
    ["behind the arguments", "frame #1: 0x0000555555555160 lampd`main(argc=1) at", "main"],
    ["in the file", "frame #1: 0x0000555555555160 lampd`main(argc=1) at mai", "main"],
    ["in the file of a function without arguments", "frame #1: 0x0000555555555160 lampd`main at mai", "main"],
    ["in front of the line", "frame #1: 0x0000555555555160 lampd`main at main.c:", "main"],
  ])("%s says so", (_, frame, name) => {
    const text = `${whole.slice(0, whole.indexOf("    frame #1"))}    ${frame}`;
    const { frames, end } = threadOf(text);
    expect(end).toEqual({ reason: "cut", message: "frame #1 is cut" });
    expect(frames[1]).toMatchObject({ level: 1, function: name, location: null });
    expect(diagnosedOf(text)).toEqual([["cut-frame", frame]]);
  });

  it.each([
    "frame #1: 0x0000555555555160 lampd`main",
    "frame #1: 0x0000555555555160 lampd`main + 33",
    "frame #1: 0x0000555555555160",
    "frame #1: 0x0000555555555160 lampd",
    'frame #1: 0x0000555555555160 lampd`main(s="look at me")',
  ])("does not: %s", (frame) => {
    const text = `${whole.slice(0, whole.indexOf("    frame #1"))}    ${frame}`;
    expect(threadOf(text).end).toBeNull();
    expect(namesOf(threadOf(text))).toHaveLength(2);
    expect(diagnosedOf(text)).toEqual([]);
  });
});

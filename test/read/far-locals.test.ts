import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { packs } from "../../src/generated/packs.js";
import { tool } from "../../src/generated/tool.js";
import { readPlain } from "../../src/read/plain.js";

/** What `bt full` prints for 3,000 variables: 300 KB. */
const locals = Array.from(
  { length: 3000 },
  (_, index) =>
    `        state_${index} = {first = ${index}, second = 0x55a32a4fb000, name = "${"x".repeat(50)}"}\n`,
).join("");

const frames = [
  "#0  0x0000555555555151 in read_state (s=0x0) at src/state.c:12\n",
  "#1  0x0000555555555180 in main () at src/main.c:30\n",
];

describe("bt full", () => {
  it("is one trace with all its frames where the locals of one are longer than a window reaches", () => {
    const noise = "nothing of interest here\n".repeat(10_000);
    const text = `${noise}${frames[0]}${locals}${frames[1]}No locals.\n(gdb) quit\n${noise}`;
    expect(locals.length).toBeGreaterThan(300_000);
    const source = { path: "full.txt", member: null, messageId: null };
    const input = readPlain(Buffer.from(text), source);
    expect(input.windows).toHaveLength(1);
    const [document] = analyze([input], packs, tool).documents;
    const threads = document?.traces.flatMap((trace) => trace.threads) ?? [];
    expect(document?.traces).toHaveLength(1);
    expect(threads.flatMap((thread) => thread.frames.map((frame) => frame.function))).toEqual([
      "read_state",
      "main",
    ]);
    const [first] = threads[0]?.frames ?? [];
    expect(first?.locals?.length).toBe(3000);
    expect(first?.locals?.at(-1)).toMatchObject({ name: "state_2999" });
  });
});

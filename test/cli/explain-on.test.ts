import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/program.js";
import { smallPack } from "../rules/small-pack.js";
import { type FakeIo, fakeIo } from "./fake-io.js";

async function run(argv: readonly string[], io: FakeIo) {
  const status = await main(argv, io);
  return { status, ...io.printed };
}

const machinery = `#0  raise (sig=6) at raise.c:3
#1  0x0000000000001100 in abort () at abort.c:3
#2  0x0000000000001200 in __assert_fail (assertion=0x1 "depth == 0", file=0x2 "store.c", line=7, function=0x3 "read_it") at assert.c:3
`;
const offending = `${machinery}#3  0x0000000000001300 in read_it (s=0x1) at store.c:7
#4  0x0000000000001400 in cache_load () at cache.c:9
#5  0x0000000000001500 in load_all () at load.c:3
`;
const harmless = `#0  read_it (s=0x1) at store.c:7
#1  0x0000000000001500 in load_all () at load.c:3
`;

const files = { "small.yaml": smallPack, "bad.txt": offending, "good.txt": harmless };
const rule = ["explain", "small/read-open", "--rules", "small.yaml"];

describe("explain RULE --on FILE", () => {
  test("says that the rule fired, and on what it rests", async () => {
    const { status, out, err } = await run([...rule, "--on", "bad.txt"], fakeIo({ files }));
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toBe(`small/read-open on bad.txt

Trace 1 at bad.txt:1:1: fired
  at frame #3 read_it:
  ✓ #3 read_it has the role reader (reads) (line 4)
  ✓ store is open: it is open:
    ✓ proved: open (it is open):
      ✓ the assertion \`depth == 0\` failed, which proves depth != 0 (line 3)
    ✓ lock is held: #5 load_all holds the lock:
      ✓ caller #5 load_all has the role loader (loads) (line 6)
`);
  });

  test("says which condition failed on which frame, and what it would take", async () => {
    const { status, out } = await run([...rule, "--on", "good.txt"], fakeIo({ files }));
    expect(status).toBe(0);
    expect(out).toContain("Trace 1 at good.txt:1:1: not fired\n  nearest is frame #0 read_it:\n");
    expect(out).toContain("  ✗ store is not open:\n");
    expect(out).toContain(
      "      ✗ nothing proves open (it is open)\n        → a failed check, or a printed value, that shows `depth != 0`\n",
    );
  });

  test("reads standard input, and several files", async () => {
    const { out } = await run([...rule, "--on", "-", "--on", "bad.txt"], fakeIo({ files, stdin: harmless }));
    const heads = out.split("\n").filter((line) => / on |^Trace/.test(line));
    expect(heads).toEqual([
      "small/read-open on -",
      "Trace 1 at -:1:1: not fired",
      "small/read-open on bad.txt",
      "Trace 1 at bad.txt:1:1: fired",
    ]);
  });

  test("takes the name of a rule for its id where no other has it", async () => {
    const argv = ["explain", "read-open", "--rules", "small.yaml", "--on", "bad.txt"];
    expect((await run(argv, fakeIo({ files }))).out).toContain("small/read-open on bad.txt");
  });

  test("says that there is nothing to judge", async () => {
    const { status, out } = await run([...rule, "--on", "-"], fakeIo({ files, stdin: "hello\n" }));
    expect(status).toBe(0);
    expect(out).toContain("no backtrace and no message of a dying program found");
  });

  test("shows the thread that is meant first, and counts the others", async () => {
    const other = Array.from(
      { length: 5 },
      (_, index) =>
        `Thread ${index + 2} (LWP ${index + 20}):\n#0  poll () at poll.c:1\n#1  0x0000000000001500 in load_all () at load.c:3\n`,
    );
    const text = `${other.join("\n")}\nThread 1 (LWP 19):\n${offending}`;
    const { out } = await run([...rule, "--on", "-"], fakeIo({ files, stdin: text }));
    expect(out).toContain("Trace 1, thread 1 at ");
    expect(out).not.toContain("thread 2 at");
    expect(out).toContain("\n  5 more threads left out: the rule did not fire there\n");
  });

  test("stays within the columns and lets nothing of the input act on the terminal", async () => {
    const hostile = offending
      .replace("cache_load", "cache\u001b[31m_load<\u202e>")
      .replace("load_all", `load_all_${"x".repeat(30)}`);
    const { out } = await run([...rule, "--on", "-"], fakeIo({ files, stdin: hostile }));
    expect(out).not.toContain("\u001b");
    expect(out).not.toContain("\u202e");
    const narrow = fakeIo({ files, columns: 50 });
    const lines = (await run([...rule, "--on", "good.txt"], narrow)).out.split("\n");
    const widest = Math.max(...lines.map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(50);
  });

  test("is coloured where colours are wanted", async () => {
    const { out } = await run([...rule, "--on", "bad.txt", "--color=always"], fakeIo({ files }));
    expect(out).toContain("\u001b[32m✓");
  });

  test.each([
    [["explain", "--on", "bad.txt"], "explain --on needs a rule"],
    [["explain", "crash/signal", "--on", "-", "--on", "-"], "which can be read once"],
    [["explain", "crash/sgnal", "--on", "bad.txt"], "did you mean crash/signal?"],
  ])("%j is wrong usage", async (argv, message) => {
    const { status, err } = await run(argv, fakeIo({ files }));
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  test("names a file that cannot be read, and goes on with the others", async () => {
    const { status, out, err } = await run(
      [...rule, "--on", "gone.txt", "--on", "bad.txt"],
      fakeIo({ files }),
    );
    expect(status).toBe(2);
    expect(err).toBe("backtriage: gone.txt: no such file; check the path\n");
    expect(out).toContain("small/read-open on bad.txt");
  });

  test("asks the source tree where one is named", async () => {
    const source =
      "void *vapic(void)\n{\n    memory_region_transaction_begin();\n    read_view();\n    memory_region_transaction_commit();\n}\n";
    const text = `qemu: memory.h:9: address_space_to_flatview: Assertion \`memory_region_transaction_depth == 0' failed.
#0  raise (sig=6) at raise.c:3
#1  0x0000000000001100 in abort () at abort.c:3
#2  0x0000000000001200 in __assert_fail (assertion=0x1 "memory_region_transaction_depth == 0", file=0x2 "memory.h", line=9, function=0x3 "address_space_to_flatview") at assert.c:3
#3  0x0000000000001300 in address_space_to_flatview (as=0x1) at memory.h:9
#4  0x0000000000001400 in vapic () at hw/vapic.c:4
`;
    const argv = ["explain", "qemu-memory/flatview-in-transaction", "--on", "-"];
    const io = () => fakeIo({ stdin: text, trees: { "/qemu": { "hw/vapic.c": source } } });
    expect((await run(argv, io())).out).toContain("not fired");
    expect((await run([...argv, "--source", "/qemu"], io())).out).toContain("1: fired");
  });
});

describe("--why", () => {
  const judge = ["--rules", "small.yaml", "--no-config"];

  test("says what led to a finding, what would change it, and what is known against its rule", async () => {
    const { out } = await run([...judge, "--why", "bad.txt"], fakeIo({ files }));
    expect(out).toContain(`
Why: small/read-open, verdict bad
  - #3 read_it has the role reader (reads) (bad.txt:4:1)
  - store is open: it is open
    - proved: open (it is open)
      - the assertion \`depth == 0\` failed, which proves depth != 0
        (bad.txt:3:42)
    - lock is held: #5 load_all holds the lock
      - caller #5 load_all has the role loader (loads) (bad.txt:6:1)

What would change that
  - if nothing proved open (it is open), this rule would say nothing
`);
    expect(out).toContain(
      "  - if lock were free (it is free), the verdict would be odd: reads a store that\n    somebody has open\n      needs: free (it is free) is proved\n",
    );
    expect(out).toContain("\nKnown exceptions\n  - none\n");
  });

  test("is not said where nobody asks", async () => {
    expect((await run([...judge, "bad.txt"], fakeIo({ files }))).out).not.toContain("What would change");
  });
});

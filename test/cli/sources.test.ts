import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/program.js";
import { fakeIo } from "./fake-io.js";

const crash = `qemu: ../hw/virtio/virtio.c:12: load: Assertion \`depth == 0' failed.

Program received signal SIGABRT, Aborted.
#0  0x00007ffff7dd1ce1 in raise () from /lib/x86_64-linux-gnu/libc.so.6
#1  0x00007ffff7dbb537 in abort () from /lib/x86_64-linux-gnu/libc.so.6
#2  0x0000555555555156 in load (s=0x1) at ../hw/virtio/virtio.c:12
#3  0x0000555555555166 in main () at main.c:9
`;

/** What the command asks of the tree `src`, besides what it prints. */
async function run(argv: readonly string[], stdin: string, warnings: readonly string[] = []) {
  const io = fakeIo({ stdin, trees: { src: { "hw/virtio/virtio.c": "void load(void) {}" } } });
  const asked: { root: string; wanted: readonly string[] }[] = [];
  const status = await main(argv, {
    ...io,
    readSourceTree: async (root, wanted) => {
      asked.push({ root, wanted });
      return { ...(await io.readSourceTree(root, wanted)), warnings };
    },
  });
  return { status, asked, ...io.printed };
}

describe("--source", () => {
  test("asks the tree for the files of the frames, and for nothing where it is not given", async () => {
    const { asked, err } = await run(["--source", "src"], crash);
    expect(asked).toEqual([{ root: "src", wanted: ["../hw/virtio/virtio.c", "main.c"] }]);
    expect(err).toBe("");
    expect((await run([], crash)).asked).toEqual([]);
  });

  test("changes nothing where the sources tell nothing", async () => {
    const { out, status } = await run(["--source", "src"], crash);
    expect({ out, status }).toEqual(
      await run([], crash).then((plain) => ({ out: plain.out, status: plain.status })),
    );
  });

  test("says on stderr what could not be read, and goes on", async () => {
    const { err, out, status } = await run(["--source", "src"], crash, [
      "main.c: is no text and is not read",
    ]);
    expect(err).toBe("backtriage: --source: main.c: is no text and is not read\n");
    expect(out).not.toBe("");
    expect(status).not.toBe(2);
  });

  test.each([crash, "nothing at all"])("must name a directory, whatever is read", async (stdin) => {
    const { status, err, out } = await run(["--source", "nowhere"], stdin);
    expect(err).toBe(
      "backtriage: --source nowhere: no such directory; check the path (see backtriage --help)\n",
    );
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});

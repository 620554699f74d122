import { describe, expect, it } from "vitest";
import { packs } from "../../src/generated/packs.js";
import { readText } from "../../src/read/plain.js";
import { readDocument } from "../../src/read-document.js";
import { compilePack } from "../../src/rules/compile.js";
import { Engine } from "../../src/rules/engine.js";
import { CodeReader } from "../../src/source/code.js";
import { sourceFiles } from "../../src/source/tree.js";
import { crashed } from "./qemu-stacks.js";

/** A tree in the manner of QEMU's: who takes the big lock, gives it up and opens a transaction. */
const tree = {
  "accel/kvm/ops.c": `
void *kvm_vcpu_thread_fn(void *arg)
{
    bql_lock();
    while (!arg->unplug) {
        kvm_cpu_exec(arg);
        qemu_wait_io_event(arg);
    }
    bql_unlock();
}
`,
  "accel/kvm/all.c": `
int kvm_cpu_exec(CPUState *cpu)
{
    kvm_arch_process_async_events(cpu);
    bql_unlock();
    do {
        kvm_handle_io(cpu);
        bql_lock();
        kvm_handle_panic(cpu);
        bql_unlock();
    } while (!cpu->stop);
    bql_lock();
    cpu_report(cpu);
    return 0;
}
`,
  "hw/misc/frob.c": `
static void frob_update_map(FrobState *s)
{
    frob_note(s);
    memory_region_transaction_begin();
    frob_place_window(s);
    s->ops->placed(s);
    memory_region_transaction_commit();
    frob_look(s);
}
`,
} as const;

const compiled = packs.map((pack) =>
  compilePack(pack, new CodeReader(sourceFiles(new Map(Object.entries(tree))))),
);
const without = packs.map((pack) => compilePack(pack, null));

const read = [
  "address_space_to_flatview (as=0x55d0c2001000) at include/exec/memory.h:1100",
  "address_space_write (as=0x55d0c2001000) at ../softmmu/physmem.c:2962",
];

/** What is said of a reader under these frames, which are written `name file:line`. */
function judged(engine: Engine, ...frames: readonly string[]) {
  const stack = frames.map((one) => {
    const [name = "", place = ""] = one.split(" ");
    return `${name} (opaque=0x55d0c2002000) at ../${place}`;
  });
  const text = crashed("assert", "memory_region_transaction_depth == 0", ...read, ...stack);
  const document = readDocument(readText(text, { path: null, member: null, messageId: null }));
  const { findings } = engine.judge(document.traces, document.loose, document.excerpt, document.messages);
  return findings.map(({ rule, confidence, holder, message, evidence }) => ({
    rule: rule.replace("qemu-memory/", ""),
    confidence,
    holder: holder?.function ?? null,
    message,
    source: evidence.filter(({ kind }) => kind === "source").map((one) => one.message),
  }));
}

const withTree = (...frames: readonly string[]) => judged(new Engine(compiled), ...frames);
const withoutTree = (...frames: readonly string[]) => judged(new Engine(without), ...frames);

describe("the big lock, where a source tree shows who takes it", () => {
  it("is not what an outer function holds that an inner one gave up: a vCPU's port is a bystander's with a tree, too", () => {
    const port = [
      "kvm_handle_io accel/kvm/all.c:700",
      "kvm_cpu_exec accel/kvm/all.c:7",
      "kvm_vcpu_thread_fn accel/kvm/ops.c:6",
    ];
    expect(withoutTree(...port)).toMatchObject([{ rule: "flatview-beside-transaction" }]);
    expect(withTree(...port)).toMatchObject([{ rule: "flatview-beside-transaction" }]);
  });

  it("is given up also by a function that no list names", () => {
    const [finding] = withTree("kvm_handle_io accel/kvm/all.c:700", "kvm_cpu_exec accel/kvm/all.c:7");
    expect(finding).toMatchObject({ rule: "flatview-beside-transaction", holder: null });
  });

  it("is held where the innermost function that takes or gives it took it", () => {
    const taken = [
      "kvm_handle_panic accel/kvm/all.c:800",
      "kvm_cpu_exec accel/kvm/all.c:9",
      "kvm_vcpu_thread_fn accel/kvm/ops.c:6",
    ];
    expect(withoutTree(...taken)).toMatchObject([{ rule: "flatview-beside-transaction" }]);
    expect(withTree(...taken)).toMatchObject([
      {
        rule: "flatview-in-transaction",
        source: ["accel/kvm/all.c:9 lies between bql_lock (line 8) and bql_unlock (line 10)"],
      },
    ]);
    const between = ["frob_work hw/misc/frob.c:900", "kvm_vcpu_thread_fn accel/kvm/ops.c:7"];
    expect(withTree(...between)).toMatchObject([{ rule: "flatview-in-transaction", confidence: "likely" }]);
  });

  it("is not told by lines of another version: the function calls the next frame's, and not from there", () => {
    const shifted = [
      "kvm_handle_io accel/kvm/all.c:700",
      "kvm_cpu_exec accel/kvm/all.c:9",
      "kvm_vcpu_thread_fn accel/kvm/ops.c:90",
    ];
    expect(withTree(...shifted)).toMatchObject([{ rule: "flatview-beside-transaction", source: [] }]);
  });
});

describe("the transaction, where a source tree shows who opens it", () => {
  const main = "main_loop_wait util/main-loop.c:600";

  it("is held by the function whose line lies between begin and commit, and nothing else is said of it", () => {
    const [finding] = withTree(
      "frob_place_window hw/misc/frob.c:50",
      "frob_update_map hw/misc/frob.c:6",
      main,
    );
    expect(finding).toMatchObject({
      rule: "flatview-in-transaction",
      confidence: "certain",
      holder: "frob_update_map",
    });
    expect(finding?.message).not.toContain("No frame here opened the transaction");
  });

  it("is likely held where the call is made through a pointer", () => {
    expect(
      withTree("frob_placed_late hw/misc/frob.c:50", "frob_update_map hw/misc/frob.c:7", main),
    ).toMatchObject([{ confidence: "likely", holder: "frob_update_map" }]);
  });

  it.each([
    ["in front of begin", "frob_note", 4],
    ["behind the commit", "frob_look", 9],
    ["on a line of another version", "frob_look", 6],
  ])("is not held by a function that calls %s", (_, name, line) => {
    const [finding] = withTree(`${name} hw/misc/frob.c:50`, `frob_update_map hw/misc/frob.c:${line}`, main);
    expect(finding).toMatchObject({
      rule: "flatview-in-transaction",
      confidence: "likely",
      holder: null,
      source: [],
    });
    expect(finding?.message).toContain("No frame here opened the transaction");
  });
});

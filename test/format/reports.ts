/**
 * Reports written by hand, and with them everything that the tests of the formats and of the command assume of the
 * analysis: which rule speaks, how a verdict is said, what a path and its evidence look like. Where the analysis comes
 * to say it otherwise, this is the one file to change.
 */
import type { Diagnostic, Document, Evidence, Finding, PathStep, Report } from "../../src/model/report.js";
import type { Assertion, Frame, FrameClass, Thread, Trace } from "../../src/model/trace.js";
import type { Span } from "../../src/text/span.js";

export function spanAt(line: number, column = 1, length = 10): Span {
  const offset = line * 80 + column;
  return {
    start: { offset, line, column },
    end: { offset: offset + length, line, column: column + length },
  };
}

export function frame(level: number, name: string | null, file: string | null, line = 0): Frame {
  return {
    level,
    address: null,
    function: name,
    kind: "normal",
    inlined: null,
    arguments: [],
    location: file === null ? null : { file, line },
    library: null,
    libraryOffset: null,
    locals: null,
    span: spanAt(level + 6),
  };
}

export function thread(frames: Frame[], classification: FrameClass[] = []): Thread {
  return {
    index: 0,
    number: "1",
    target: null,
    lwp: null,
    name: null,
    crashed: true,
    coroutine: null,
    frames,
    end: null,
    classification,
    contexts: [],
    span: spanAt(6),
  };
}

export function trace(threads: Thread[], parts: Partial<Trace> = {}): Trace {
  return {
    dialect: "gdb",
    command: null,
    quality: { rating: "full", reasons: [] },
    program: null,
    signal: null,
    assertion: null,
    threads,
    stacks: threads.map(({ index }) => [index]),
    prints: [],
    messages: [],
    process: { kind: null, threads: 0, lowest: null },
    fingerprint: "aaaa",
    crashFrame: null,
    span: spanAt(6),
    ...parts,
  };
}

export function evidence(parts: Partial<Evidence> = {}): Evidence {
  return {
    kind: "frame",
    weight: "for",
    message: "the frame says so",
    trace: 0,
    thread: 0,
    level: 4,
    text: null,
    span: spanAt(17),
    ...parts,
  };
}

export function finding(parts: Partial<Finding> = {}): Finding {
  return {
    rule: "crash/signal",
    verdict: null,
    severity: "note",
    confidence: "certain",
    message: "SIGSEGV in parse_header",
    data: {},
    trace: 0,
    alsoIn: [],
    thread: 0,
    frames: [0],
    states: {},
    path: [],
    blame: null,
    site: null,
    holder: null,
    candidates: [],
    cuts: [],
    evidence: [evidence()],
    reasoning: { because: [], changes: [] },
    settle: [],
    advice: [],
    suppressed: null,
    fingerprint: "f0",
    ...parts,
  };
}

export function step(levels: number[], name: string | null, role: string | null = null): PathStep {
  return { levels, function: name, role, note: null };
}

export function document(parts: Partial<Document> = {}): Document {
  return {
    source: { path: null, member: null, messageId: null },
    traces: [],
    assertions: [],
    messages: [],
    findings: [],
    diagnostics: [],
    ...parts,
  };
}

export const memoryVerdicts = [
  { pack: "qemu-memory", verdict: "offending", says: "reads a flatview inside an open memory transaction" },
  { pack: "qemu-memory", verdict: "safe-commit", says: "reads a flatview in the commit phase" },
  {
    pack: "qemu-memory",
    verdict: "undecided",
    says: "reads a flatview, and nothing tells whether a transaction is open",
  },
];

export function report(documents: Document[], parts: Partial<Report> = {}): Report {
  const all = documents.flatMap(({ findings }) => findings);
  const counting = all.filter(({ suppressed }) => suppressed === null);
  const count = (severity: string) => counting.filter((found) => found.severity === severity).length;
  const traces = documents.flatMap((each) => each.traces);
  return {
    schemaVersion: 1,
    tool: { name: "backtriage", version: "0.0.0" },
    packs: [],
    rules: [],
    verdicts: memoryVerdicts,
    states: [],
    documents,
    paths: [],
    buckets: null,
    summary: {
      documents: documents.length,
      traces: traces.length,
      frames: traces.flatMap(({ threads }) => threads).reduce((sum, each) => sum + each.frames.length, 0),
      findings: { error: count("error"), warning: count("warning"), note: count("note") },
      suppressed: all.length - counting.length,
      diagnostics: documents.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0),
    },
    ...parts,
  };
}

export const depthAssertion: Assertion = {
  expression: "memory_region_transaction_depth == 0",
  file: "/src/qemu/include/exec/memory.h",
  line: 766,
  function: "address_space_to_flatview",
  origin: "frame",
  facts: [
    {
      expression: "memory_region_transaction_depth != 0",
      terms: ["memory_region_transaction_depth != 0"],
      source: "assertion",
      settled: true,
    },
  ],
  explanation: null,
  span: spanAt(14),
};

const loadFrames = [
  frame(0, "__GI_raise", "../sysdeps/unix/sysv/linux/raise.c", 51),
  frame(1, "__GI_abort", "abort.c", 118),
  frame(2, "__assert_fail_base", "assert.c", 92),
  frame(3, "__GI___assert_fail", "assert.c", 101),
  frame(4, "address_space_to_flatview", "/src/qemu/include/exec/memory.h", 766),
  frame(5, "address_space_to_flatview", "../softmmu/memory.c", 811),
  frame(6, "address_space_get_flatview", "../softmmu/memory.c", 805),
  frame(7, "address_space_cache_init", "../softmmu/physmem.c", 3307),
  frame(8, "virtio_init_region_cache", "../hw/virtio/virtio.c", 185),
  frame(9, "virtio_load", "../hw/virtio/virtio.c", 3203),
  frame(10, "vmstate_load_state", "../migration/vmstate.c", 143),
  frame(11, "vmstate_load", "../migration/savevm.c", 913),
  frame(12, "qemu_loadvm_section_start_full", "../migration/savevm.c", 2741),
  frame(13, "qemu_loadvm_state_main", "../migration/savevm.c", 2939),
  frame(14, "qemu_loadvm_state", "../migration/savevm.c", 3021),
];

export const offending: Finding = finding({
  rule: "qemu-memory/flatview-in-transaction",
  verdict: "offending",
  severity: "error",
  confidence: "likely",
  message:
    "virtio_init_region_cache (#8), reached from virtio_load (#9), reads a flatview while a memory transaction is open: " +
    "the view does not show what the transaction has changed.",
  frames: [4, 5, 6, 7],
  states: { "memory-transaction": "open", "rcu-read": "unknown", "big-lock": "held" },
  path: [
    { ...step([13], "qemu_loadvm_state_main", "load-loop"), note: "candidate" },
    step([12], "qemu_loadvm_section_start_full", "load-loop"),
    step([11], "vmstate_load", "vmstate"),
    step([10], "vmstate_load_state", "vmstate"),
    { ...step([9], "virtio_load", "device-load"), note: "blamed" },
    { ...step([8], "virtio_init_region_cache"), note: "makes the access" },
    step([7], "address_space_cache_init", "flatview-reader"),
    step([6], "address_space_get_flatview", "flatview-reader"),
    step([5, 4], "address_space_to_flatview", "flatview-reader"),
  ],
  blame: { level: 9, function: "virtio_load" },
  site: { level: 8, function: "virtio_init_region_cache" },
  evidence: [
    evidence({
      kind: "assertion",
      message: "the assertion memory_region_transaction_depth == 0 failed: a transaction is open",
      level: 3,
      text: '"memory_region_transaction_depth == 0"',
      span: spanAt(14),
    }),
    evidence({
      kind: "absence",
      weight: "open",
      message: "no frame shows who opened the transaction",
      level: null,
      span: { start: spanAt(6).start, end: spanAt(48).end },
    }),
    evidence({ weight: "open", message: "the load loop is a candidate", level: 13, span: spanAt(36) }),
  ],
  settle: [
    {
      command: "p memory_region_transaction_depth",
      where: "gdb",
      tells: "how many transactions are open; 0 clears the frame",
    },
    { command: "thread apply all bt", where: "gdb", tells: "whether another thread holds the transaction" },
  ],
  advice: ["Defer the access until after the commit.", "Commit before it."],
});

export const loadTrace: Trace = trace([thread(loadFrames)], {
  assertion: depthAssertion,
  crashFrame: { thread: 0, level: 4, function: "address_space_to_flatview" },
});

export function loadDocument(path: string | null = null): Document {
  return document({
    source: { path, member: null, messageId: null },
    traces: [loadTrace],
    assertions: [depthAssertion],
    findings: [offending],
  });
}

export const commitTrace: Trace = trace(
  [
    thread(
      [
        frame(0, "address_space_cache_init", "../softmmu/physmem.c", 3326),
        frame(1, "virtio_init_region_cache", "../hw/virtio/virtio.c", 656),
        frame(2, "memory_region_transaction_commit", "../softmmu/memory.c", 1143),
      ],
      [
        {
          level: 0,
          roles: ["flatview-reader"],
          states: { "memory-transaction": "commit" },
          verdict: "safe-commit",
        },
      ],
    ),
  ],
  {
    signal: { name: "SIGTRAP", description: "Trace/breakpoint trap" },
    crashFrame: { thread: 0, level: 0, function: "address_space_cache_init" },
    span: spanAt(100),
  },
);

export const commitNote: Finding = finding({
  message: "SIGTRAP in address_space_cache_init",
  fingerprint: "f1",
});

export const diagnostic: Diagnostic = {
  severity: "note",
  code: "not-a-trace",
  message: "lines that look like frames belong to no trace",
  text: "#1 wash the dishes",
  span: spanAt(3),
};

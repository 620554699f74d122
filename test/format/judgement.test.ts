import { describe, expect, test } from "vitest";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import { width } from "../../src/format/width.js";
import { pathTree } from "../../src/group/path-tree.js";
import type { Candidate, Cut, Finding, Report } from "../../src/model/report.js";
import {
  document,
  evidence,
  finding,
  frame,
  loadTrace,
  offending,
  report,
  step,
  thread,
  trace,
} from "./reports.js";

const waiting = {
  ...thread(Array.from({ length: 15 }, (_, level) => frame(level, `w${level}`, "wait.c", level))),
  index: 1,
  number: "7",
  name: "worker",
  crashed: false,
};
const twoThreads = trace([...loadTrace.threads, waiting], { crashFrame: loadTrace.crashFrame });

function reportOf(parts: Partial<Finding>, rest: Partial<Report> = {}): Report {
  return report([document({ traces: [twoThreads], findings: [{ ...offending, ...parts }] })], rest);
}

/** The lines below a heading, up to the next empty one. */
function section(of: Report, heading: string): string[] | null {
  const lines = formatText(of, { palette: plain, columns: 80, brief: false }).split("\n");
  const start = lines.indexOf(heading);
  return start === -1 ? null : lines.slice(start + 1, lines.indexOf("", start));
}

function candidate(level: number, known = false, at = 0): Candidate {
  const message = `the frame #${level} ${known ? "is" : "may be"} the one`;
  const said = evidence({ message, level, thread: at, trace: 0, weight: known ? "for" : "open" });
  return { trace: 0, thread: at, level, function: `f${level}`, known, evidence: said };
}

describe("the states of a finding", () => {
  const states = [
    { pack: "qemu-memory", state: "big-lock", value: "held", says: "the thread holds the big lock" },
    { pack: "qemu-memory", state: "rcu-read", value: "held", says: "The RCU read lock is held." },
    { pack: "qemu-memory", state: "rcu-read", value: "unknown", says: "RCU: not shown" },
    { pack: "other", state: "rcu-read", value: "unknown", says: "of another pack" },
  ];
  const given = { "big-lock": "held", "rcu-read": "unknown", "memory-transaction": "open" };

  test("are one a line, the one that the others lead to first, in the pack's words where it has some", () => {
    expect(section(reportOf({ states: given }, { states }), "States where it happens")).toEqual([
      "  memory-transaction  open",
      "  rcu-read            RCU: not shown",
      "  big-lock            the thread holds the big lock",
    ]);
  });

  test("are said as a part of a sentence", () => {
    expect(
      section(reportOf({ states: { "rcu-read": "held" } }, { states }), "States where it happens"),
    ).toEqual(["  rcu-read  the RCU read lock is held"]);
  });

  test("are followed by who holds it", () => {
    const holder = { trace: 0, thread: 0, level: 13, function: "qemu_loadvm_state_main" };
    expect(section(reportOf({ states: { lock: "held" }, holder }), "States where it happens")).toEqual([
      "  lock     held",
      "  held by  qemu_loadvm_state_main (#13 of thread 1 at -:19:1)",
    ]);
  });
});

describe("who may hold it", () => {
  test("is told where nobody is known to, and not once more as evidence", () => {
    const candidates = [candidate(13), candidate(12)];
    const pieces: Finding["evidence"] = [evidence({ message: "the depth is 1" }), candidate(13).evidence];
    const of = reportOf({ candidates, evidence: pieces });
    expect(section(of, "Who may hold it, likeliest first")).toEqual([
      "  1. -:17:1 #13 qemu_loadvm_state_main: the frame #13 may be the one",
      "  2. -:17:1 #12 qemu_loadvm_section_start_full: the frame #12 may be the one",
    ]);
    expect(section(of, "Evidence")).toEqual([
      "  for      -:17:1 #4 address_space_to_flatview: the depth is 1",
    ]);
  });

  test("is told beside the one that is known where there are several", () => {
    const known = candidate(13, true);
    const of = reportOf({ holder: known, candidates: [known, candidate(12)] });
    expect(section(of, "Who holds it, or may, likeliest first")?.[0]).toBe(
      "  1. holds it: -:17:1 #13 qemu_loadvm_state_main: the frame #13 is the one",
    );
  });

  test("is no section where only the one who holds it is known, or nobody", () => {
    const known = candidate(13, true);
    const alone = reportOf({ holder: known, candidates: [known], evidence: [known.evidence] });
    for (const of of [alone, reportOf({ candidates: [] })]) {
      const lines = formatText(of, { palette: plain, columns: 80, brief: false });
      expect(lines).not.toMatch(/^Who /m);
    }
    expect(section(alone, "Evidence")).toHaveLength(1);
  });
});

describe("the stack of another thread", () => {
  const heading = 'Stack of thread 7 "worker", which holds it, innermost first';

  test("that holds it is shown up to the frame that does, what lies around it folded", () => {
    const shown = section(reportOf({ candidates: [candidate(3, true, 1)] }), heading);
    expect(shown).toEqual([
      "  #0  w0  wait.c:0",
      "  #1  w1  wait.c:1",
      "  #2  w2  wait.c:2",
      "  #3  w3  wait.c:3  <- holds it",
      "      … 11 frames …",
    ]);
  });

  test("keeps of a long way what it waits for and who holds it", () => {
    const deep = {
      ...waiting,
      frames: Array.from({ length: 40 }, (_, level) => frame(level, `w${level}`, null)),
    };
    const of = report([
      document({
        traces: [trace([...loadTrace.threads, deep])],
        findings: [{ ...offending, candidates: [candidate(30, true, 1)] }],
      }),
    ]);
    const shown = section(of, heading) ?? [];
    expect(shown.map((line) => line.trim().split(" ")[0])).toEqual([
      ...["#0", "#1", "…"],
      ...Array.from({ length: 10 }, (_, index) => `#${index + 21}`),
      "…",
    ]);
  });

  test("is shown once, also where several of its frames may hold it, and never for the thread itself", () => {
    const of = reportOf({ candidates: [candidate(3, false, 1), candidate(5, false, 1), candidate(13)] });
    const lines = formatText(of, { palette: plain, columns: 80, brief: false }).split("\n");
    expect(lines.filter((line) => line.startsWith("Stack of"))).toEqual([
      'Stack of thread 7 "worker", which may hold it, innermost first',
    ]);
    expect(lines.some((line) => /^ {2}#3 +w3 .*<- candidate$/.test(line))).toBe(true);
  });
});

describe("where a fix can go", () => {
  const heading = "Where a fix can go, best first";
  const cut: Cut = {
    kind: "defer",
    at: { level: 9, function: "virtio_load" },
    text: "Defer: read it after the commit.",
    for: ["all regions are in place by then"],
    against: ["the guest waits", "nobody else does it"],
    covers: [4, 5, 6, 7],
  };

  test("is ranked, with what speaks for and against each, and what it covers", () => {
    const elsewhere: Cut = {
      ...cut,
      at: null,
      text: "Narrow: hold it for less.",
      for: [],
      against: [],
      covers: [4, 5],
    };
    expect(section(reportOf({ cuts: [cut, elsewhere] }), heading)).toEqual([
      "  1. Defer: read it after the commit. (at #9, covers #4-#7)",
      "     + all regions are in place by then",
      "     - the guest waits",
      "     - nobody else does it",
      "  2. Narrow: hold it for less. (not on this stack, covers #4, #5)",
    ]);
  });

  test("says how many of the paths that its rule found go through it", () => {
    const path = (...names: string[]) => names.map((name, index) => step([index], name));
    const rule = offending.rule;
    const others = [
      finding({ rule, path: path("load", "virtio_load", "read"), fingerprint: "b" }),
      // Goes through it twice, and counts once.
      finding({ rule, path: path("virtio_load", "x", "virtio_load.part.0"), fingerprint: "c" }),
      finding({ rule, path: path("load", "vapic_load"), fingerprint: "d" }),
    ];
    const documents = [
      document({ traces: [twoThreads], findings: [{ ...offending, cuts: [cut] }, ...others] }),
    ];
    const of = report(documents, { paths: pathTree(documents) });
    expect(section(of, heading)?.slice(0, 2)).toEqual([
      "  1. Defer: read it after the commit. (at #9, covers #4-#7, on 3 of the 4 paths",
      "     that this rule found)",
    ]);
  });

  test("is not said once more as advice", () => {
    const advice = [cut.text, "Ask who opened it."];
    expect(section(reportOf({ cuts: [cut], advice }), "Advice")).toEqual(["  - Ask who opened it."]);
    expect(section(reportOf({ cuts: [cut], advice: [cut.text] }), "Advice")).toBeNull();
  });
});

describe("evidence", () => {
  test("against it stands apart", () => {
    const pieces: Finding["evidence"] = [
      evidence({ message: "the check failed", level: null }),
      evidence({ message: "gdb shows a depth of 0", level: null, weight: "against" }),
      evidence({ message: "nobody opened it", level: null, weight: "open" }),
    ];
    const of = reportOf({ evidence: pieces });
    expect(section(of, "Evidence")).toEqual([
      "  for      -:17:1 the check failed",
      "  open     -:17:1 nobody opened it",
    ]);
    expect(section(of, "Evidence against it")).toEqual(["  against  -:17:1 gdb shows a depth of 0"]);
  });

  test("quotes the same words once", () => {
    const quoted = evidence({ level: null, text: "$1 = 1" });
    const pieces: Finding["evidence"] = [
      { ...quoted, message: "the depth is 1" },
      { ...quoted, message: "so it is open" },
    ];
    expect(section(reportOf({ evidence: pieces }), "Evidence")).toEqual([
      "  for      -:17:1 the depth is 1",
      "             | $1 = 1",
      "  for      -:17:1 so it is open",
    ]);
  });
});

describe("the thread of a finding", () => {
  const contexts = ["the main loop", "a bottom half"].map((title) => ({ name: "c", title, level: 4 }));
  const [crashed] = loadTrace.threads;
  const of = (message: string) =>
    report([
      document({
        traces: crashed === undefined ? [] : [trace([{ ...crashed, contexts }])],
        findings: [{ ...offending, message }],
      }),
    ]);

  test("is told in one line, unless the message says it", () => {
    const line = "  thread 1: the main loop, in a bottom half";
    const text = (message: string) => formatText(of(message), { palette: plain, columns: 80, brief: false });
    expect(text("It reads.").split("\n")).toContain(line);
    expect(text("It reads. Thread: the main loop, in a bottom half.").split("\n")).not.toContain(line);
  });
});

test("of what the input holds in all these sections nothing reaches the terminal as it is", () => {
  const nasty = "\u001b[2Jx\u009b\u202e\u2028\u0007";
  const holder = { ...candidate(3, true, 1), function: nasty };
  const said = evidence({ message: nasty, text: nasty, level: null, weight: "against" });
  const contexts = [{ name: nasty, title: nasty, level: 3 }];
  const parts: Partial<Finding> = {
    states: { [nasty]: nasty, s: "v" },
    holder,
    candidates: [
      { ...holder, evidence: said },
      { ...candidate(2), evidence: said },
    ],
    evidence: [said, { ...said, message: `${nasty}!` }],
    cuts: [
      {
        kind: nasty,
        at: { level: 3, function: nasty },
        text: nasty,
        for: [nasty],
        against: [nasty],
        covers: [3],
      },
    ],
    path: [step([3], nasty, nasty)],
  };
  const other = { ...waiting, number: nasty, name: nasty, contexts, frames: [frame(3, nasty, nasty)] };
  const findings = [
    { ...offending, ...parts },
    finding({ rule: offending.rule, path: [step([1], "other")] }),
  ];
  const documents = [document({ traces: [trace([...loadTrace.threads, other])], findings })];
  const text = formatText(
    report(documents, {
      paths: pathTree(documents),
      states: [{ pack: "qemu-memory", state: "s", value: "v", says: nasty }],
    }),
    { palette: plain, columns: 80, brief: false },
  );
  for (const heading of [
    "Who holds it",
    "Where a fix",
    "Evidence against",
    "2 threads",
    "Paths to",
    "Stack of",
  ]) {
    expect(text).toContain(heading);
  }
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
});

test("five thousand findings with paths and fixes are told in linear time", () => {
  const findings = Array.from({ length: 5000 }, (_, index) => ({
    ...offending,
    path: offending.path.map((each, at) => ({ ...each, function: `${each.function}_${(index * at) % 911}` })),
    fingerprint: `${index}`,
  }));
  const documents = [document({ traces: [twoThreads], findings })];
  const of = report(documents, { paths: pathTree(documents) });
  const started = performance.now();
  const text = formatText(of, { palette: plain, columns: 80, brief: false });
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(text.split("\n").filter((line) => /^\d+ threads/.test(line))).toHaveLength(1);
  expect(width(text.split("\n")[1] ?? "")).toBeLessThanOrEqual(100);
});

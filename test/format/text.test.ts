import { describe, expect, test } from "vitest";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import { width } from "../../src/format/width.js";
import { type Finding, type Report, reportSchema } from "../../src/model/report.js";
import {
  commitNote,
  commitTrace,
  depthAssertion,
  diagnostic,
  document,
  evidence,
  finding,
  frame,
  loadDocument,
  loadTrace,
  offending,
  report,
  spanAt,
  step,
  thread,
  trace,
} from "./reports.js";

const options = { palette: plain, columns: 80, brief: false };

function lines(of: Report, brief = false): string[] {
  return formatText(of, { ...options, brief }).split("\n");
}

function withFinding(parts: Partial<Finding>): Report {
  return report([document({ traces: [loadTrace], findings: [{ ...offending, ...parts }] })]);
}

const commitDocument = document({ traces: [commitTrace], findings: [commitNote] });

describe("the reports of these tests", () => {
  test.each([
    ["an offender", report([loadDocument()])],
    ["a read in the commit phase", report([commitDocument])],
  ])("are reports: %s", (_, of) => {
    expect(reportSchema.safeParse(of).error).toBeUndefined();
  });
});

describe("the first line", () => {
  test("is the verdict with the offending call", () => {
    expect(lines(report([loadDocument()]))[0]).toBe(
      "OFFENDING: virtio_init_region_cache → address_space_cache_init reads a flatview inside an open…",
    );
  });

  test("says the whole verdict where it fits", () => {
    const short = withFinding({
      site: { level: 8, function: "f" },
      path: [step([8], "f"), step([7], "g")],
    });
    expect(lines(short)[0]).toBe("OFFENDING: f → g reads a flatview inside an open memory transaction");
  });

  test("shortens names in their middle where both together are too long", () => {
    const name = (letter: string) => `ns::${letter.repeat(200)}::end`;
    const [first = ""] = lines(
      withFinding({
        site: { level: 8, function: name("a") },
        path: [step([8], name("a")), step([7], name("b"))],
      }),
    );
    expect(width(first)).toBeLessThanOrEqual(100);
    expect(first).toMatch(/^OFFENDING: ns::a+….*::end → ns::b+….*::end$/);
  });

  test("takes the outermost touching frame where the path does not show the call", () => {
    expect(lines(withFinding({ path: [], site: null }))[0]).toMatch(
      /^OFFENDING: address_space_cache_init reads/,
    );
  });

  test("says that there is no offender where the frames are cleared", () => {
    expect(lines(report([commitDocument]))[0]).toBe(
      "no offender: #0 reads a flatview in the commit phase (safe-commit); SIGTRAP in address_space_cache_…",
    );
  });

  test("does not clear a frame of which nothing is known", () => {
    const [only] = commitTrace.threads;
    const undecided = trace([
      thread(only?.frames ?? [], [{ level: 0, roles: [], states: {}, verdict: "undecided" }]),
    ]);
    expect(lines(report([document({ traces: [undecided] })]))[0]).toBe(
      "undecided: #0 reads a flatview, and nothing tells whether a transaction is open",
    );
    expect(lines(report([document({ traces: [undecided], findings: [commitNote] })]))[0]).toBe(
      "crash/signal: SIGTRAP in address_space_cache_init",
    );
  });

  test("gives way to a finding of the domain that has no verdict of its own", () => {
    const note = finding({ rule: "qemu-memory/check-undecided", message: "the check failed" });
    expect(lines(report([document({ traces: [commitTrace], findings: [note] })]))[0]).toBe(
      "qemu-memory/check-undecided: the check failed, #0 at ../softmmu/physmem.c:3326",
    );
  });

  test("is rule, message and place for a crash that no domain knows", () => {
    const crashed = trace([thread([frame(0, "parse_header", "src/parse.c", 12)])], {
      crashFrame: { thread: 0, level: 0, function: "parse_header" },
    });
    expect(lines(report([document({ traces: [crashed], findings: [finding()] })]))[0]).toBe(
      "crash/signal: SIGSEGV in parse_header, #0 at src/parse.c:12",
    );
    const [only] = crashed.threads;
    const threads = only === undefined ? [] : [only, { ...only, index: 1, number: "2", crashed: false }];
    expect(lines(report([document({ traces: [{ ...crashed, threads }], findings: [finding()] })]))[0]).toBe(
      "crash/signal: SIGSEGV in parse_header (thread 1), #0 at src/parse.c:12",
    );
  });

  test("keeps the level of a crash where the message is long", () => {
    const message = `the assertion \`${"a && ".repeat(40)}b\` failed in address_space_cache_init.`;
    const [first = ""] = lines(
      report([
        document({ traces: [commitTrace], findings: [{ ...commitNote, rule: "qemu-memory/x", message }] }),
      ]),
    );
    expect(first).toMatch(/…, #0$/);
    expect(width(first)).toBeLessThanOrEqual(100);
  });

  test("says of a trace without a finding that no rule spoke", () => {
    expect(lines(report([document({ traces: [loadTrace] })]))[0]).toBe(
      "no finding: no rule speaks of this trace of 15 frames",
    );
  });
});

describe("several crashes", () => {
  const paste = report([
    document({
      traces: [commitTrace, loadTrace],
      findings: [commitNote, { ...offending, trace: 1 }],
    }),
  ]);

  test("are counted, then listed in one line each, worst first", () => {
    expect(lines(paste).slice(0, 4)).toEqual([
      "2 crashes: 1 error, 1 note; worst first",
      "1. OFFENDING: virtio_init_region_cache → address_space_cache_init reads a flatview inside an open…",
      "2. no offender: #0 reads a flatview in the commit phase (safe-commit); SIGTRAP in address_space_cac…",
      "",
    ]);
  });

  test("have their details under their number", () => {
    const all = lines(paste);
    expect(all.filter((line) => line.startsWith("1. OFFENDING"))).toHaveLength(2);
    expect(all.filter((line) => line.startsWith("2. no offender"))).toHaveLength(2);
  });

  test("say in which file they are where there are several", () => {
    const files = lines(report([loadDocument("logs/one.txt"), loadDocument("logs/two.txt")]));
    expect(files[1]).toMatch(/^1\. logs\/one\.txt:6: OFFENDING: /);
    expect(files[2]).toMatch(/^2\. logs\/two\.txt:6: OFFENDING: /);
    expect(files.slice(0, 3).every((line) => width(line) <= 100)).toBe(true);
  });

  test("are told once where they are the same", () => {
    const all = lines(report([loadDocument("a.txt"), loadDocument("b.txt")]));
    expect(all).toContain("  the same as 1, at b.txt:6:1");
    expect(all.filter((line) => line === "Evidence")).toHaveLength(1);
  });

  test("of which one is told by two rules begin with the worse verdict", () => {
    const both = document({ traces: [loadTrace], findings: [commitNote, offending] });
    expect(lines(report([both])).slice(0, 2)).toEqual([
      "1. OFFENDING: virtio_init_region_cache → address_space_cache_init reads a flatview inside an open…",
      "2. crash/signal: SIGTRAP in address_space_cache_init, #4 at /src/qemu/include/exec/memory.h:766",
    ]);
  });

  test("in brief are the verdict lines and nothing else", () => {
    expect(lines(paste, true)).toEqual([
      "OFFENDING: virtio_init_region_cache → address_space_cache_init reads a flatview inside an open…",
      "no offender: #0 reads a flatview in the commit phase (safe-commit); SIGTRAP in address_space_cache_…",
      "",
    ]);
  });
});

describe("the details", () => {
  const all = lines(report([loadDocument()]));
  const from = (heading: string) => all.slice(all.findIndex((line) => line.startsWith(heading)) + 1);

  test("begin with the whole message and the rule", () => {
    const text = all.slice(1, 7).join(" ").replace(/\s+/g, " ");
    expect(text).toContain(offending.message);
    expect(text).toContain("error qemu-memory/flatview-in-transaction at -:6:1; likely:");
  });

  test("show the assertion and what it proves", () => {
    expect(from("Failed assertion").slice(0, 2)).toEqual([
      "  memory_region_transaction_depth == 0  (-:14:1)",
      "  so  memory_region_transaction_depth != 0",
    ]);
  });

  test("say of a clause that is not settled that it is not", () => {
    const open = {
      ...depthAssertion,
      facts: [{ expression: "!a || !b", terms: ["!a", "!b"], source: "assertion" as const, settled: false }],
    };
    const of = report([document({ traces: [{ ...loadTrace, assertion: open }], findings: [offending] })]);
    expect(lines(of)).toContain("  so  !a || !b  (not settled which)");
  });

  test("show the path, outermost first, with roles, places and marks in words", () => {
    const path = from("Path of thread 1, outermost first");
    expect(path[0]).toMatch(
      /^ {2}#13 +qemu_loadvm_state_main +\[load-loop\] {2}\.\.\/migration\/savevm\.c:2939 /,
    );
    expect(path[0]).toContain("<- candidate");
    expect(path[4]).toMatch(/#9 .*virtio_load .*<- blamed$/);
    expect(path[5]).toMatch(/#8 .*virtio_init_region_cache .*virtio\.c:185 .*<- makes the access$/);
    expect(path[8]).toMatch(/^ {2}#5-4 +address_space_to_flatview/);
  });

  test("mark blame and site also where the analysis left no note", () => {
    const path = offending.path.map((each) => ({ ...each, note: null }));
    const shown = lines(withFinding({ path }));
    expect(shown.some((line) => /#9 .*virtio_load .*<- blamed$/.test(line))).toBe(true);
    expect(shown.some((line) => /#8 .*virtio_init_region_cache .*<- makes the access$/.test(line))).toBe(
      true,
    );
  });

  test("show each piece of evidence with its weight and its place", () => {
    const shown = from("Evidence");
    expect(shown[0]).toMatch(/^ {2}for {6}-:14:1 #3 __GI___assert_fail: the assertion$/);
    expect(shown).toContain(
      "  open     no frame shows who opened the transaction (searched: -:6:1 to 48:11)",
    );
    expect(shown).toContain("  open     -:36:1 #13 qemu_loadvm_state_main: the load loop is a candidate");
  });

  test("quote the input where the message does not", () => {
    const of = withFinding({
      evidence: [evidence({ kind: "value", message: "the depth is 1", text: "$1 = 1", level: null })],
    });
    expect(lines(of)).toContain("             | $1 = 1");
  });

  test("name the holder where one is seen", () => {
    const of = withFinding({ holder: { trace: 0, thread: 0, level: 14, function: "qemu_loadvm_state" } });
    expect(lines(of).join(" ").replace(/\s+/g, " ")).toContain(
      "held by qemu_loadvm_state (#14 of thread 1 at -:20:1)",
    );
  });

  test("give the gdb commands that would settle it, and the advice", () => {
    expect(from("What would settle it")).toContain("  (gdb) p memory_region_transaction_depth");
    expect(from("Advice").slice(0, 2)).toEqual([
      "  - Defer the access until after the commit.",
      "  - Commit before it.",
    ]);
  });

  test("show the stack from the crash outwards where there is no path", () => {
    const frames = Array.from({ length: 40 }, (_, level) => frame(level, `f${level}`, "a.c", level));
    const deep = trace([thread(frames)], { crashFrame: { thread: 0, level: 4, function: "f4" } });
    const shown = lines(report([document({ traces: [deep], findings: [finding()] })]));
    const stack = shown.slice(shown.indexOf("Stack of thread 1, innermost first") + 1);
    expect(stack[0]).toMatch(/… 4 frames …$/);
    expect(stack[1]).toMatch(/#4 .*<- crash$/);
    expect(stack[11]).toMatch(/… 26 frames …$/);
  });

  test("fold what does not matter of a long path", () => {
    const path = Array.from({ length: 100 }, (_, index) => step([99 - index], `f${99 - index}`));
    const shown = lines(
      withFinding({ path, frames: [50], blame: { level: 60, function: "f60" }, site: null }),
    );
    const rows = shown.slice(shown.indexOf("Path of thread 1, outermost first") + 1);
    expect(rows.slice(0, rows.indexOf("")).map((row) => row.trim().split(/ {2,}/)[0])).toEqual([
      ...["#99", "#98", "#97", "#96"],
      "… 35 frames …",
      "#60",
      "… 9 frames …",
      "#50",
      "… 46 frames …",
      ...["#3", "#2", "#1", "#0"],
    ]);
  });

  test("stay short where very many frames touch", () => {
    const levels = Array.from({ length: 200_000 }, (_, level) => level);
    const frames = levels.map((level) => frame(level, `f${level % 7}`, "a.c", level));
    const deep = trace([thread(frames)]);
    const path = levels.map((level) => step([level], `f${level % 7}`)).reverse();
    const started = performance.now();
    const shown = lines(
      report([document({ traces: [deep], findings: [{ ...offending, path, frames: levels }] })]),
    );
    expect(performance.now() - started).toBeLessThan(5000);
    expect(shown.length).toBeLessThan(120);
    expect(shown.some((line) => line.endsWith("… 199920 more lines …"))).toBe(true);
  });

  test("of an assertion without a trace show the assertion that the evidence quotes", () => {
    const only = finding({
      rule: "crash/assertion",
      trace: null,
      thread: null,
      frames: [],
      evidence: [evidence({ kind: "assertion", trace: null, thread: null, level: null, span: spanAt(14) })],
    });
    const shown = lines(report([document({ assertions: [depthAssertion], findings: [only] })]));
    expect(shown).toContain("  so  memory_region_transaction_depth != 0");
  });
});

test("a paste of very many crashes is told in linear time", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => index);
  const traces = many.map(() => commitTrace);
  const findings = many.map((index) => ({ ...commitNote, trace: index }));
  const started = performance.now();
  expect(lines(report([document({ traces, findings })]), true)).toHaveLength(20_001);
  expect(performance.now() - started).toBeLessThan(5000);
});

describe("remarks on the input", () => {
  test("stand at the end, one line each, with their place", () => {
    const shown = lines(report([document({ ...commitDocument, diagnostics: [diagnostic] })]));
    expect(shown.at(-2)).toBe(
      "  note -:3:1: lines that look like frames belong to no trace [not-a-trace] | #1 wash the dishes",
    );
  });

  test("are cut where there are very many", () => {
    const diagnostics = Array.from({ length: 1000 }, () => diagnostic);
    const shown = lines(report([document({ diagnostics })]));
    expect(shown).toHaveLength(23);
    expect(shown.at(-2)).toContain("980 more");
  });
});

describe("text", () => {
  test("is empty where nothing was found", () => {
    expect(formatText(report([document()]), options)).toBe("");
  });

  test("holds no character of the input that a terminal would obey", () => {
    const nasty = "\u001b[2Jx\u009b\u202e\u2028\u0007";
    const source = { path: nasty, member: nasty, messageId: nasty };
    const bad: Report = {
      ...report([
        document({
          source,
          traces: [
            trace([thread([{ ...frame(0, nasty, nasty, 1), library: nasty }])], {
              assertion: { ...depthAssertion, expression: nasty, file: nasty, function: nasty },
            }),
          ],
          findings: [
            finding({
              rule: `crash/${nasty}`,
              message: nasty,
              verdict: nasty,
              states: { [nasty]: nasty },
              path: [{ levels: [0], function: nasty, role: nasty, note: nasty }],
              site: { level: 0, function: nasty },
              holder: { trace: 0, thread: 0, level: 0, function: nasty },
              evidence: [evidence({ message: nasty, text: `${nasty}!`, level: null })],
              settle: [{ where: "gdb", command: nasty, tells: nasty }],
              advice: [nasty],
            }),
            finding({ rule: nasty, message: nasty }),
          ],
          diagnostics: [{ ...diagnostic, message: nasty, code: nasty, text: nasty }],
        }),
      ]),
      verdicts: [{ pack: nasty, verdict: nasty, says: nasty }],
    };
    for (const brief of [true, false]) {
      const text = formatText(bad, { ...options, brief });
      expect(text).toContain("\\x1b[2J");
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    }
  });

  test("paints the verdict and keeps it within its columns", () => {
    const painted = formatText(report([loadDocument()]), {
      ...options,
      palette: { ...plain, error: (text) => `\u001b[31m${text}\u001b[39m` },
    });
    const [first = ""] = painted.split("\n");
    expect(first.startsWith("\u001b[31mOFFENDING:\u001b[39m ")).toBe(true);
    expect(width(first)).toBeLessThanOrEqual(100);
  });
});

import { describe, expect, test, vi } from "vitest";
import { main } from "../../src/cli/program.js";
import { UnwritableError } from "../../src/cli/status.js";
import { reportSchema, type Source } from "../../src/model/report.js";
import type { Input } from "../../src/read/input.js";
import {
  commitNote,
  document,
  finding,
  frame,
  loadDocument,
  report,
  thread,
  trace,
} from "../format/reports.js";
import { type FakeIo, fakeIo } from "./fake-io.js";

/** The command is tested here, not the analysis: a word of the input says what is found in it. */
vi.mock("../../src/read/plain.js", () => ({
  readPlain: (bytes: Uint8Array, source: Source): Input => ({
    source,
    windows: [{ text: new TextDecoder().decode(bytes), origin: { offset: 0, line: 1, column: 1 } }],
    diagnostics: [],
  }),
}));

vi.mock("../../src/analyze.js", () => ({
  analyze: (inputs: readonly Input[]) =>
    report(
      inputs.map(({ source, windows: [window] }) => {
        const text = window?.text ?? "";
        const traces = [trace([thread([frame(0, "f", "a.c", 1)])])];
        if (text.includes("offender")) return { ...loadDocument(), source };
        if (text.includes("warning"))
          return document({ source, traces, findings: [finding({ severity: "warning" })] });
        if (text.includes("crash")) return document({ source, traces, findings: [commitNote] });
        if (text.includes("fault")) throw new TypeError("no \u001b[31msuch thing");
        return document({ source });
      }),
    ),
}));

async function run(argv: readonly string[], io: FakeIo = fakeIo()) {
  const status = await main(argv, io);
  return { status, ...io.printed, written: io.written };
}

describe("backtriage", () => {
  test("reads stdin where no file is named", async () => {
    const { status, out, err } = await run([], fakeIo({ stdin: "offender" }));
    expect(out).toMatch(/^OFFENDING: virtio_init_region_cache → address_space_cache_init/);
    expect(err).toBe("");
    expect(status).toBe(1);
  });

  test("reads stdin for -, among files, and keeps the order", async () => {
    const io = fakeIo({ stdin: "crash", files: { "a.txt": "offender", "b.txt": "" } });
    const { out } = await run(["b.txt", "-", "a.txt", "--format", "json"], io);
    const parsed = reportSchema.parse(JSON.parse(out));
    expect(parsed.documents.map(({ source }) => source.path)).toEqual(["b.txt", null, "a.txt"]);
  });

  test("reads stdin once only", async () => {
    const { status, err } = await run(["-", "-"]);
    expect(status).toBe(2);
    expect(err).toMatch(/^backtriage: - stands for standard input, which can be read once/);
  });

  test("takes what follows -- for files", async () => {
    const io = fakeIo({ files: { "--odd": "crash" } });
    expect((await run(["--format", "json", "--", "--odd"], io)).out).toContain('"path": "--odd"');
  });

  test("takes file names that look like numbers as they are", async () => {
    const io = fakeIo({ files: { "1.0": "crash", "0x10": "" } });
    expect((await run(["1.0", "0x10", "--format=json"], io)).out).toContain('"path": "1.0"');
  });

  test("hints at what to do where a person sits at stdin, unless quiet", async () => {
    const hint = await run([], fakeIo({ stdin: "crash", terminal: "stdin" }));
    expect(hint.err).toMatch(/^backtriage: paste the backtrace.*\n$/);
    expect(hint.status).toBe(0);
    expect((await run(["-q"], fakeIo({ stdin: "crash", terminal: "stdin" }))).err).toBe("");
    const named = fakeIo({ files: { a: "crash" }, terminal: "stdin" });
    expect((await run(["a"], named)).err).toBe("");
  });

  test("says on stderr that there was nothing, and what was looked for", async () => {
    const { status, out, err } = await run([], fakeIo({ stdin: "hello" }));
    expect(status).toBe(0);
    expect(out).toBe("");
    expect(err).toMatch(/^backtriage: -: no backtrace and no failed assertion found\. Looked for .*\n$/);
    expect((await run(["--quiet"], fakeIo({ stdin: "hello" }))).err).toBe("");
  });

  test("names the files in which there was nothing", async () => {
    const { out, err } = await run(["a", "b"], fakeIo({ files: { a: "", b: "crash" } }));
    expect(err).toMatch(/^backtriage: a: no backtrace/);
    expect(err).not.toContain("backtriage: b");
    expect(out).toMatch(/^crash\/signal: /);
    expect(out).toContain("note crash/signal at b:6:1");
  });

  test("prints only the verdict lines where it shall be quiet", async () => {
    const { out } = await run(["-q"], fakeIo({ stdin: "offender" }));
    expect(out.split("\n")).toHaveLength(2);
  });
});

describe("an input that cannot be read", () => {
  test("is one line, and the others are reported", async () => {
    const { status, out, err } = await run(["gone.txt", "a"], fakeIo({ files: { a: "offender" } }));
    expect(status).toBe(2);
    expect(err).toBe("backtriage: gone.txt: no such file; check the path\n");
    expect(out).toMatch(/^OFFENDING/);
  });

  test("may have been meant as a command", async () => {
    const { status, err } = await run(["explian"]);
    expect(status).toBe(2);
    expect(err).toBe(
      "backtriage: explian: no such file; check the path; did you mean the command explain?\n",
    );
  });

  test("is named safely", async () => {
    expect((await run(["\u001b[2J\n"])).err).toBe("backtriage: \\x1b[2J\\n: no such file; check the path\n");
  });

  test("leaves a report without documents where it was the only one", async () => {
    const { status, out } = await run(["gone.txt", "--format", "json"]);
    expect(status).toBe(2);
    expect(reportSchema.parse(JSON.parse(out)).documents).toEqual([]);
  });
});

describe("--fail-on", () => {
  test.each([
    ["offender", "error", 1],
    ["warning", "error", 0],
    ["warning", "warning", 1],
    ["crash", "warning", 0],
    ["crash", "note", 1],
    ["offender", "note", 1],
    ["offender", "never", 0],
    ["nothing", "note", 0],
  ])("%s with %s gives %i", async (stdin, failOn, status) => {
    expect((await run(["--fail-on", failOn], fakeIo({ stdin }))).status).toBe(status);
  });

  test("counts errors where it is not given", async () => {
    expect((await run([], fakeIo({ stdin: "warning" }))).status).toBe(0);
  });
});

describe("--output", () => {
  test("takes the result, and stdout gets nothing", async () => {
    const { status, out, written } = await run(["-o", "r.txt"], fakeIo({ stdin: "offender" }));
    expect(status).toBe(1);
    expect(out).toBe("");
    expect(written.get("r.txt")).toMatch(/^OFFENDING/);
  });

  test("means stdout where it is -", async () => {
    expect((await run(["--output", "-"], fakeIo({ stdin: "offender" }))).out).toMatch(/^OFFENDING/);
  });

  test("does not overwrite an input", async () => {
    const { status, err, written } = await run(["a", "-o", "a"], fakeIo({ files: { a: "crash" } }));
    expect(status).toBe(2);
    expect(err).toMatch(/^backtriage: --output a would overwrite an input/);
    expect(written.size).toBe(0);
  });

  test("that cannot be written is one line and no fault of ours", async () => {
    const io: FakeIo = {
      ...fakeIo({ stdin: "offender" }),
      writeFile: () => Promise.reject(new UnwritableError("r.txt: cannot be written")),
    };
    expect(await run(["-o", "r.txt"], io)).toMatchObject({
      status: 2,
      err: "backtriage: r.txt: cannot be written\n",
    });
  });

  test("has no colours unless they are asked for", async () => {
    const terminal = () => fakeIo({ stdin: "offender", terminal: "stdout" });
    expect((await run(["-o", "r"], terminal())).written.get("r")).not.toContain("\u001b");
    expect((await run(["-o", "r", "--color=always"], terminal())).written.get("r")).toContain("\u001b");
  });
});

describe("colours", () => {
  const colour = "\u001b[";

  test.each<[string, string[], Parameters<typeof fakeIo>[0], boolean]>([
    ["at a terminal", [], { terminal: "stdout" }, true],
    ["not in a pipe", [], {}, false],
    ["not at a dumb terminal", [], { terminal: "stdout", env: { TERM: "dumb" } }, false],
    ["not with NO_COLOR", [], { terminal: "stdout", env: { NO_COLOR: "1" } }, false],
    ["with an empty NO_COLOR", [], { terminal: "stdout", env: { NO_COLOR: "" } }, true],
    ["with FORCE_COLOR in a pipe", [], { env: { FORCE_COLOR: "1" } }, true],
    ["not with FORCE_COLOR=0", [], { terminal: "stdout", env: { FORCE_COLOR: "0" } }, false],
    ["where --color always overrules NO_COLOR", ["--color=always"], { env: { NO_COLOR: "1" } }, true],
    [
      "not with --color never",
      ["--color", "never"],
      { terminal: "stdout", env: { FORCE_COLOR: "1" } },
      false,
    ],
  ])("are there %s", async (_, argv, setting, coloured) => {
    const { out } = await run(argv, fakeIo({ stdin: "offender", ...setting }));
    expect(out.includes(colour)).toBe(coloured);
  });

  test("are never in JSON", async () => {
    const { out } = await run(["--format=json", "--color=always"], fakeIo({ stdin: "offender" }));
    expect(out).not.toContain(colour);
  });
});

describe("wrong usage", () => {
  test.each([
    [["--fromat", "json"], "unknown option --fromat; did you mean --format?"],
    [["--quite"], "unknown option --quite; did you mean --quiet?"],
    [["--verzion"], "unknown option --verzion; did you mean --version?"],
    [["--no-color"], "unknown option --no-color; did you mean --color?"],
    [["--xyzzy"], "unknown option --xyzzy"],
    [["-x"], "unknown option -x"],
    [["--format", "jsn"], "--format is one of text, json, not jsn; did you mean json?"],
    [["--fail-on=erorr"], "--fail-on is one of error, warning, note, never, not erorr; did you mean error?"],
    [["--color", "purple"], "--color is one of auto, always, never, not purple"],
    [["--output"], "--output needs a value"],
    [["--format"], "--format needs a value: text, json"],
    [["schema", "x"], "no schema of x: report, pack, config"],
    [["schema", "pack", "x"], "schema takes no further argument: x"],
    [["rules"], "rules needs one of list, show, check, test, new"],
    [["rules", "chekc"], "there is no rules chekc: list, show, check, test, new; did you mean check?"],
    [["rules", "show", "a", "b"], "rules show takes no further argument: b"],
    [["rules", "list", "--rulse", "x"], "unknown option --rulse; did you mean --rules?"],
    [["--config", "a", "--no-config"], "--config and --no-config cannot both be meant"],
    [["explain", "a", "b"], "explain takes no further argument: b"],
    [["completion", "zhs"], "no completion for zhs: bash, zsh, fish; did you mean zsh?"],
    [["explain", "--qiet"], "unknown option --qiet"],
  ])("%j is said in one line", async (argv, message) => {
    const { status, out, err } = await run(argv);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(err).toBe(`backtriage: ${message} (see backtriage --help)\n`);
  });

  test("is said all at once", async () => {
    const { err } = await run(["--fromat=json", "--fail-on=x"]);
    expect(err.trimEnd().split("\n")).toHaveLength(2);
  });

  test("the last of two values counts", async () => {
    const { out } = await run(["--format", "text", "--format", "json"], fakeIo({ stdin: "crash" }));
    expect(out).toMatch(/^\{/);
  });
});

describe("a fault of ours", () => {
  test("is told with version and stack, safely, and what to do", async () => {
    const { status, out, err } = await run([], fakeIo({ stdin: "fault" }));
    expect(status).toBe(3);
    expect(out).toBe("");
    expect(err).toMatch(/^backtriage: internal error in version \d+\.\d+\.\d+/);
    expect(err).toContain("  TypeError: no \\x1b[31msuch thing\n      at ");
    expect(err).toMatch(/please report it .*\n$/);
  });
});

describe("help", () => {
  test("lists options, commands and exit statuses, and wraps at the terminal", async () => {
    const { status, out } = await run(["--help"], fakeIo({ columns: 72 }));
    expect(status).toBe(0);
    for (const word of ["FILE", "explain", "schema", "completion", "--format", "--fail-on", "Exit status"]) {
      expect(out).toContain(word);
    }
    expect(out.split("\n").every((line) => line.length <= 85)).toBe(true);
  });

  test.each([["explain"], ["schema"], ["completion"]])("of %s is its own", async (command) => {
    const { status, out } = await run([command, "--help"]);
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`^backtriage ${command}`));
    expect(out).not.toContain("--fail-on <");
  });

  test("--version prints the version", async () => {
    expect(await run(["--version"])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe("schema", () => {
  test("prints a JSON Schema", async () => {
    const { status, out } = await run(["schema"]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
  });
});

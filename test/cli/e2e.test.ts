import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportSchema } from "../../src/model/report.js";
import { crashLog, noLog, offenderLog } from "./inputs.js";

const cli = resolve("dist/cli.js");
let folder: string;

beforeAll(() => {
  if (!existsSync(cli)) throw new Error("dist/cli.js is not there: run `node build.config.mjs` first");
  folder = mkdtempSync(join(tmpdir(), "backtriage-e2e-"));
  writeFileSync(join(folder, "offender.log"), offenderLog);
  writeFileSync(join(folder, "crash.log"), crashLog);
  writeFileSync(join(folder, "none.log"), noLog);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The environment of a test: nothing of ours says anything about colours. */
function environment(env: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...rest } = process.env;
  return { ...rest, ...env };
}

function run(
  argv: readonly string[],
  { input = "", env = {} }: { input?: string | Buffer; env?: Record<string, string> } = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
    cwd: folder,
    input,
    env: environment(env),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, out: stdout, err: stderr };
}

/** A line of shell in which `backtriage` is the built command. */
function shell(line: string) {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `backtriage() { "${process.execPath}" "${cli}" "$@"; }\n${line}`],
    {
      cwd: folder,
      env: environment({}),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    },
  );
  return { status, out: stdout, err: stderr };
}

describe("the built command", () => {
  test("says in its first line who offends, from stdin and from a file", () => {
    const piped = run([], { input: offenderLog });
    expect(piped.out.split("\n")[0]).toMatch(
      /^OFFENDING: virtio_init_region_cache → address_space_cache_init /,
    );
    expect(piped.err).toBe("");
    expect(piped.status).toBe(1);
    expect(run(["offender.log"]).out.split("\n")[0]).toBe(piped.out.split("\n")[0]);
  });

  test("notes a crash that no domain knows and exits with 0", () => {
    const { status, out } = run(["crash.log"]);
    expect(out.split("\n")[0]).toMatch(/^crash\/signal: .*parse_header/);
    expect(status).toBe(0);
    expect(run(["crash.log", "--fail-on", "note"]).status).toBe(1);
  });

  test("says that there was no backtrace, on stderr, and exits with 0", () => {
    const { status, err } = run(["none.log"]);
    expect(err).toMatch(/^backtriage: none\.log: no backtrace and no failed assertion found\. Looked for /);
    expect(status).toBe(0);
  });

  test("reports every file in its order in one report", () => {
    const { out } = run(["crash.log", "-", "none.log", "--format", "json"], { input: offenderLog });
    const report = reportSchema.parse(JSON.parse(out));
    expect(report.documents.map(({ source }) => source.path)).toEqual(["crash.log", null, "none.log"]);
    expect(report.summary.findings.error).toBe(1);
  });

  test("reports what it can read and exits with 2 for what it cannot", () => {
    const { status, out, err } = run(["gone.log", ".", "offender.log"]);
    expect(err).toBe(
      "backtriage: gone.log: no such file; check the path\nbacktriage: .: is a directory; name the files in it\n",
    );
    expect(out).toMatch(/^OFFENDING/);
    expect(status).toBe(2);
  });

  test("reads a pipe by its name", () => {
    expect(shell("backtriage <(cat offender.log)").out).toMatch(/^OFFENDING/);
  });

  test("takes a directory on stdin for what it is", () => {
    const { status, err } = shell("backtriage < .");
    expect(err).toBe("backtriage: -: is a directory; name the files in it\n");
    expect(status).toBe(2);
  });

  test("takes a closed stdin for an empty one", () => {
    expect(shell("backtriage <&-").status).toBe(0);
  });
});

describe("a reader that closes early", () => {
  test("gets its line and nothing of ours on stderr", () => {
    const { status, out, err } = shell("set -o pipefail; backtriage offender.log | head -1");
    expect(out).toMatch(/^OFFENDING[^\n]*\n$/);
    expect(err).toBe("");
    expect(status).toBe(1);
  });

  test("of a long report is no fault either", () => {
    const long = Array.from(
      { length: 3000 },
      (_, level) => `#${level}  0x${(level + 4096).toString(16)} in f${level} (a=1) at f.c:1`,
    );
    writeFileSync(join(folder, "long.log"), `${long.join("\n")}\n`);
    const { out, err } = shell("backtriage --format json long.log | head -1");
    expect(out).toBe("{\n");
    expect(err).toBe("");
  });

  test("that never reads at all is no fault", () => {
    expect(shell("backtriage --format json offender.log | true").err).toBe("");
  });

  test("on stderr does not change the exit status", () => {
    expect(shell("backtriage gone.log 2>&- >/dev/null").status).toBe(2);
  });
});

describe("a result that cannot be written", () => {
  test.runIf(existsSync("/dev/full"))("to stdout is one line", () => {
    const { status, err } = shell("backtriage offender.log > /dev/full");
    expect(err).toBe("backtriage: standard output cannot be written: no space left on the device\n");
    expect(status).toBe(2);
  });

  test("to a file leaves nothing behind", () => {
    const target = mkdtempSync(join(folder, "out-"));
    mkdirSync(join(target, "taken"));
    const { status, err } = run(["offender.log", "--output", join(target, "taken")]);
    expect(err).toMatch(/: cannot be written, nothing was changed: is a directory\n$/);
    expect(status).toBe(2);
    expect(readdirSync(target)).toEqual(["taken"]);
  });

  test("and one that can is there, whole, and nothing else", () => {
    const target = mkdtempSync(join(folder, "out-"));
    const { status, out } = run(["offender.log", "-f", "json", "-o", join(target, "r.json")]);
    expect(out).toBe("");
    expect(status).toBe(1);
    expect(readdirSync(target)).toEqual(["r.json"]);
    expect(() => reportSchema.parse(JSON.parse(readFileSync(join(target, "r.json"), "utf8")))).not.toThrow();
  });

  test("does not overwrite the input", () => {
    expect(run(["offender.log", "-o", "./offender.log"]).status).toBe(2);
    expect(readFileSync(join(folder, "offender.log"), "utf8")).toBe(offenderLog);
  });
});

describe("wrong usage of the built command", () => {
  test.each([
    [["--fromat", "json"], /^backtriage: unknown option --fromat; did you mean --format\?/],
    [["--format", "jsn"], /did you mean json\?/],
    [["explian"], /did you mean the command explain\?/],
  ])("%j gets the nearest and exits with 2", (argv, message) => {
    const { status, out, err } = run(argv);
    expect(err).toMatch(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect(err).not.toMatch(/^\s+at /m);
    expect(out.trim()).toBe("");
    expect(status).toBe(2);
  });

  test("a misspelt rule gets the nearest", () => {
    const { status, err } = run(["explain", "qemu-memory/flatview-in-transacton"]);
    expect(err).toMatch(/did you mean qemu-memory\/flatview-in-transaction\?/);
    expect(status).toBe(2);
  });
});

describe("help and version", () => {
  test("are printed and exit with 0", () => {
    const help = run(["--help"], { env: { LANG: "de_DE.UTF-8" } });
    expect(help.out).toContain("Exit status:");
    expect(help.out).toContain("--fail-on");
    expect(help.status).toBe(0);
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(run(["--version"]).out).toBe(`${version}\n`);
  });

  test("explain says why a rule exists and shows an example", () => {
    const { status, out } = run(["explain", "qemu-memory/flatview-in-transaction"]);
    for (const heading of ["\nWhy\n", "\nExample: ", "\nAdvice\n"]) expect(out).toContain(heading);
    expect(status).toBe(0);
    expect(run(["explain"]).out).toMatch(/^qemu-memory\/flatview-in-transaction +error /m);
  });

  test("schema prints JSON", () => {
    expect(JSON.parse(run(["schema"]).out)).toHaveProperty("$defs.Finding");
  });
});

describe("completion of the built command", () => {
  const completed = (words: string) =>
    shell(
      `source <(backtriage completion bash); COMP_WORDS=(backtriage ${words}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ));` +
        `_backtriage; printf "%s\\n" "\${COMPREPLY[@]}"`,
    )
      .out.trim()
      .split("\n");

  test("works in bash for options, values, commands and rules", () => {
    expect(completed("--fo")).toEqual(["--format"]);
    expect(completed("--format ''")).toEqual(["text", "json"]);
    expect(completed("ex")).toEqual(["explain"]);
    expect(completed("explain qemu-memory/flatview-in")).toContain("qemu-memory/flatview-in-transaction");
    expect(completed("cra")).toEqual([""]);
  });
});

describe("what is printed", () => {
  const nasty = offenderLog
    .replace("virtio_load (", "virtio_load\u001b[2J (")
    .replace("../hw/virtio/virtio.c:185", "../hw/\u202evirtio\u009b.c:185");

  test("holds no control characters of the input, in text and in JSON", () => {
    for (const format of ["text", "json"]) {
      const { out } = run(["--format", format], { input: nasty });
      expect(out.length).toBeGreaterThan(10);
      expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });

  test("names a file with control characters safely", () => {
    writeFileSync(join(folder, "a\u001b[2J.log"), noLog);
    const { err } = run(["a\u001b[2J.log", "b\u001b[2J.log"]);
    expect(err).toContain("a\\x1b[2J.log: no backtrace");
    expect(err).not.toContain("\u001b");
  });

  test("has colours where they are forced, and none with NO_COLOR", () => {
    expect(run(["offender.log"], { env: { FORCE_COLOR: "1" } }).out).toContain("\u001b[");
    expect(run(["offender.log"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).out).not.toContain("\u001b");
    expect(run(["offender.log", "--color", "always"], { env: { NO_COLOR: "1" } }).out).toContain("\u001b[");
    expect(run(["offender.log"]).out).not.toContain("\u001b");
  });
});

describe("bad input", () => {
  test.each<[string, Buffer]>([
    ["nothing", Buffer.alloc(0)],
    ["zeros", Buffer.alloc(1 << 20)],
    [
      "bytes that are no text",
      Buffer.from(Array.from({ length: 1 << 16 }, (_, index) => (index * 7919) % 256)),
    ],
    ["a trace that is cut", Buffer.from(offenderLog.slice(0, 700))],
    ["brackets without end", Buffer.from(`#0  f (a=${"{".repeat(100_000)}`)],
  ])("%s has a clear outcome", (_, input) => {
    const { status, err } = run([], { input });
    expect([0, 1]).toContain(status);
    expect(err).not.toContain("internal error");
  });
});

// `npx tsx test/gdb/programs/qemu/make-samples.ts [SLUG…]`: compiles the programs, stops them under gdb and writes input.txt and
// notes.md of samples/qemu-memory/. Addresses and LWPs differ from run to run. Wants gcc, gdb and script; cores must be files
// called `core` or `core.PID` in the working folder (kernel.core_pattern).
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { checkCases } from "./check-cases.js";
import { commitCases } from "./commit-cases.js";
import { harmlessCases } from "./harmless-cases.js";
import type { SampleCase } from "./sample-case.js";
import { threadCases } from "./thread-cases.js";

const cases = [...threadCases, ...checkCases, ...commitCases, ...harmlessCases];
const sources = fileURLToPath(new URL(".", import.meta.url));
const samples = fileURLToPath(new URL("../../../../samples/qemu-memory/", import.meta.url));
const program = "qemu-system-x86_64";
const mark = "@@ here the sample begins";
const quiet = [
  "set width 0",
  "set height 0",
  "set confirm off",
  "set style enabled off",
  "set debuginfod enabled off",
];
// A dumb terminal: gdb writes no colours and moves no cursor.
const environment = { ...process.env, LC_ALL: "C.UTF-8", TERM: "dumb", DEBUGINFOD_URLS: "" };
const run = promisify(execFile);

/** Compiles in `folder`/build, a folder beside the sources as QEMU's own build has it, and so for the names that gdb prints. */
async function compile(folder: string, flags: readonly string[]): Promise<string> {
  const build = join(folder, "build");
  cpSync(sources, folder, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  mkdirSync(build);
  await run("gcc", ["-O1", "-c", "../accel/code-gen-buffer.c", "-o", "code-gen-buffer.o"], { cwd: build });
  const units = ["softmmu", "util", "hw", "migration", "monitor"].flatMap((part) =>
    readdirSync(join(folder, part)).map((name) => `../${part}/${name}`),
  );
  // Only the library itself is there on most machines, not what one compiles against.
  const glib = flags.includes("-DCHECK_G_ASSERT") ? ["-l:libglib-2.0.so.0"] : [];
  const mapped = `-ffile-prefix-map=${folder}=/usr/src/qemu`;
  const common = ["-g", "-pthread", `-I${join(folder, "include")}`, mapped, "-o", program, ...flags];
  await run("gcc", [...common, ...units, "../accel/vcpus.c", "code-gen-buffer.o", ...glib], { cwd: build });
  return build;
}

/** What a program prints on both its streams, in the order of a terminal. */
async function outputOf(command: readonly string[], cwd: string): Promise<string> {
  const child = spawn("sh", ["-c", 'exec "$0" "$@" 2>&1', ...command], {
    cwd,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 60_000,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Lets the program crash on its own, as somebody would who then opens the core. */
async function coreOf(build: string, scenario: string): Promise<string> {
  const command = `ulimit -c unlimited; timeout 20 ./${program} -M q35 -name ${scenario}`;
  await outputOf(["sh", "-c", command], build);
  const core = readdirSync(build).find((name) => name === "core" || name.startsWith("core."));
  if (core === undefined) throw new Error(`${scenario}: no core (see kernel.core_pattern)`);
  return core;
}

async function batch(
  build: string,
  { before = [], commands, scenario }: SampleCase,
  files: readonly string[],
) {
  const lines = [...before, `echo ${mark}\\n`, ...commands].map((command) =>
    command === "run" ? `run -M q35 -name ${scenario}` : command,
  );
  // Of a core gdb tells when it opens it: that belongs to the sample.
  const early = files.length > 1 ? [...quiet, ...before] : quiet;
  writeFileSync(join(build, "early"), early.join("\n"));
  writeFileSync(join(build, "commands"), (files.length > 1 ? commands : lines).join("\n"));
  const options = ["-batch", "-nx", "-q", "-ix", "early", "-x", "commands"];
  const output = await outputOf(["gdb", ...options, ...files], build);
  return output.slice(output.includes(mark) ? output.indexOf("\n", output.indexOf(mark)) + 1 : 0);
}

/** Types each command at the next prompt of a gdb in a terminal. */
async function typed(build: string, commands: readonly string[], core: string): Promise<string> {
  writeFileSync(join(build, "early"), quiet.join("\n"));
  const gdb = `gdb -nx -q -ix early ./${program} ${core}`;
  const child = spawn("script", ["-qec", gdb, "/dev/null"], {
    cwd: build,
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 60_000,
  });
  const left = [...commands, "quit"];
  let output = "";
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.endsWith("(gdb) ")) child.stdin.write(`${left.shift() ?? "quit"}\n`);
  }
  // A terminal's line ends; what is copied from its window has none.
  return output.replaceAll("\r\n", "\n").replace(/\(gdb\) quit\n*$/, "");
}

async function sessionOf(build: string, sample: SampleCase): Promise<string> {
  if (sample.session === "live") return batch(build, sample, [`./${program}`]);
  const core = await coreOf(build, sample.scenario);
  return sample.session === "core"
    ? batch(build, sample, [`./${program}`, core])
    : typed(build, sample.commands, core);
}

function notesOf({
  scenario,
  flags,
  session,
  before = [],
  commands,
  cut,
  protects,
  expected,
}: SampleCase): string {
  const how = {
    live: "run under gdb 13.1",
    core: "gdb 13.1 on the core that it left",
    terminal: "gdb 13.1 in a terminal, on the core that it left",
  }[session];
  const shown = commands.map((command) => `\`${command}\``).join(", ");
  const earlier = before.length === 0 ? "" : ` after ${before.map((command) => `\`${command}\``).join(", ")}`;
  const edited = cut === undefined ? "Nothing was edited." : `A damaged copy on purpose: ${cut.words}.`;
  return [
    `test/gdb/programs/qemu, \`-name ${scenario}\`, compiled with \`${flags.join(" ")}\`; ${how}, ${shown}${earlier}. ${edited}`,
    `Protects: ${protects}`,
    `Expected: ${expected}`,
    "",
  ].join("\n\n");
}

async function make(sample: SampleCase): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "qemu-samples-"));
  try {
    const output = await sessionOf(await compile(folder, sample.flags), sample);
    if (output.includes(folder)) throw new Error(`${sample.slug}: a path of this machine is in the output`);
    const lines = output.split("\n");
    const kept = (sample.cut?.keep(lines) ?? lines).join("\n");
    const target = join(samples, sample.slug);
    if (!existsSync(target)) mkdirSync(target);
    writeFileSync(join(target, "input.txt"), kept);
    writeFileSync(join(target, "notes.md"), notesOf(sample).replace(/\n+$/, "\n"));
    process.stdout.write(`${sample.slug}: ${kept.length} characters\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((slug) => !cases.some((sample) => sample.slug === slug));
if (unknown.length > 0) throw new Error(`no such sample: ${unknown.join(", ")}`);
for (const sample of cases) if (wanted.length === 0 || wanted.includes(sample.slug)) await make(sample);

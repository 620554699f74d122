// `npm run bench`: how fast the build in dist/ is, each figure beside a yardstick taken in the same run. No test looks at it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { noise, type Shape, traces } from "./generate.js";

const root = new URL("../../", import.meta.url);
const cli = fileURLToPath(new URL("dist/cli.js", root));
const library: typeof import("../../src/index.js") = await import(new URL("dist/index.js", root).href);

/** The median time of `runs` calls, in seconds. */
function median(runs: number, action: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    action();
    return (performance.now() - start) / 1000;
  });
  return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
}

/**
 * Starts a program and waits for its end; an Error where it cannot be started. Its output goes into a pipe: with
 * /dev/null grep would stop at the first match.
 */
function start(program: string, ...options: string[]): void {
  const { error } = spawnSync(program, options, { stdio: "pipe", env: { ...process.env, LC_ALL: "C" } });
  if (error !== undefined) throw error;
}

function isThere(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

const rows: string[][] = [["what", "figure", "yardstick", "ratio"]];

const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(0)} ms`;

function benchColdStart(sample: string): void {
  const node = median(9, () => start(process.execPath, "-e", "0"));
  const verdict = median(9, () => start(process.execPath, cli, sample));
  rows.push([
    "cold start to verdict, on the sample",
    milliseconds(verdict),
    `node -e 0: ${milliseconds(node)}`,
    `${(verdict / node).toFixed(1)} times (mark: at most 6)`,
  ]);
}

const noiseFiles = 64;
const noiseSize = 32 * 1024 * 1024;

/** Makes Node say on stderr, at its end, how much memory it had at the most (KB). */
const sayMemory =
  "data:text/javascript,process.on('exit',()=>process.stderr.write(' '+process.resourceUsage().maxRSS))";

/** The most memory that reading these files takes, in bytes. */
function peakMemory(files: readonly string[]): number {
  const { stderr } = spawnSync(process.execPath, ["--import", sayMemory, cli, ...files], {
    encoding: "utf8",
  });
  return Number(stderr.split(" ").at(-1)) * 1024;
}

function benchNoise(folder: string): void {
  const files = Array.from({ length: noiseFiles }, (_, index) => join(folder, `${index}.log`));
  for (const [index, file] of files.entries()) writeFileSync(file, noise(noiseSize, index));
  const megabytes = (noiseFiles * noiseSize) / 1e6;
  const idle = median(9, () => start(process.execPath, cli, "--version"));
  const busy = median(5, () => start(process.execPath, cli, ...files)) - idle;
  const grep = isThere("grep") ? median(5, () => start("grep", "-rc", "^#[0-9]", folder)) : null;
  rows.push([
    `${megabytes.toFixed(0)} MB of noise, beyond --version`,
    `${(megabytes / busy).toFixed(0)} MB/s, ${(peakMemory(files) / 1e6).toFixed(0)} MB of memory`,
    grep === null ? "no grep here" : `grep -rc '^#[0-9]': ${(megabytes / grep).toFixed(0)} MB/s`,
    grep === null ? "" : `${(busy / grep).toFixed(1)} times its time (mark: at most 3)`,
  ]);
}

const shapes: readonly Shape[] = [
  { title: "short traces", frames: 5, threads: 1, full: false },
  { title: "traces of 20 frames", frames: 20, threads: 1, full: false },
  { title: "traces of 200 frames", frames: 200, threads: 1, full: false },
  { title: "thread apply all bt full, 60 threads", frames: 12, threads: 60, full: true },
];

/** Counts the frames that one regular expression matches, and takes their parts: the least that a reader must do. */
const perlReader =
  "while (<>) { $n++ if /^#(\\d+)\\s+(?:(0x[0-9a-f]+) in )?(.+?) \\((.*)\\)(?: at (.+):(\\d+)| from (.+))?$/ } print $n";

function benchTraces(folder: string, shape: Shape): void {
  const { text, frames } = traces(shape, 20_000, 1);
  const bytes = Buffer.from(text);
  const file = join(folder, "traces.log");
  writeFileSync(file, text);
  const perlStart = isThere("perl") ? median(3, () => start("perl", "-e", "0")) : null;
  // Perl is so fast that the file is given to it ten times, to see more than its start.
  const tenfold = Array.from({ length: 10 }, () => file);
  const perl =
    perlStart === null
      ? null
      : (median(3, () => start("perl", "-e", perlReader, ...tenfold)) - perlStart) / 10;
  let read = 0;
  const own = median(5, () => {
    const input = library.readPlain(bytes, { path: file, member: null, messageId: null });
    read = library.analyze([input], library.packs, library.tool).summary.frames;
  });
  if (read !== frames) throw new Error(`${shape.title}: ${read} frames read of ${frames}`);
  rows.push([
    `${shape.title}, to the report`,
    `${(frames / own / 1000).toFixed(0)} thousand frames/s, ${(bytes.length / own / 1e6).toFixed(1)} MB/s`,
    perl === null
      ? "no perl here"
      : `one regular expression in Perl: ${(frames / perl / 1000).toFixed(0)} thousand frames/s`,
    perl === null ? "" : `${(perl / own).toFixed(2)} of its speed`,
  ]);
}

function table(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const lines = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

const folder = mkdtempSync(join(tmpdir(), "backtriage-bench-"));
try {
  const sample = fileURLToPath(new URL("samples/qemu-memory/virtio-load-mail/input.txt", root));
  benchColdStart(sample);
  for (const shape of shapes) benchTraces(folder, shape);
  const logs = join(folder, "logs");
  mkdirSync(logs);
  benchNoise(logs);
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(`Node ${process.version} on ${process.platform} ${process.arch}\n\n${table(rows)}`);

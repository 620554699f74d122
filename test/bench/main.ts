// `npm run bench`: how fast the build in dist/ is, each figure beside a yardstick taken in the same run. No test looks at it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { clean } from "../../src/clean/clean.js";
import { readTraces } from "../../src/parse/read.js";
import { readPlain } from "../../src/read/plain.js";
import { Positions } from "../../src/text/positions.js";
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
  const grepIsThere = isThere("grep");
  // In turns, and of each the fastest: what else runs on the machine must not decide.
  const rounds = Array.from({ length: 5 }, () => ({
    idle: median(1, () => start(process.execPath, cli, "--version")),
    busy: median(1, () => start(process.execPath, cli, ...files)),
    grep: grepIsThere ? median(1, () => start("grep", "-rc", "^#[0-9]", folder)) : null,
  }));
  const fastest = (times: readonly (number | null)[]): number | null =>
    times.reduce((best, time) => (best === null || (time !== null && time < best) ? time : best));
  const busy =
    (fastest(rounds.map((round) => round.busy)) ?? 0) - (fastest(rounds.map((round) => round.idle)) ?? 0);
  const grep = fastest(rounds.map((round) => round.grep));
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

/**
 * What others do with one regular expression: `whole` takes the parts of each frame, `split` its arguments as well, which
 * is what our model holds. Each says how many frames it read and in how many seconds, without Perl's own start.
 */
const perlReader = (kept: "whole" | "split"): string =>
  `
  use Time::HiRes qw(time);
  my $start = time; my @read; my $n = 0;
  open(my $log, "<", $ARGV[0]); while (<$log>) {
    next unless /^#(\\d+)\\s+(?:(0x[0-9a-f]+) in )?(.+?) \\((.*)\\)(?: at (.+):(\\d+)| from (.+))?$/;
    $n++;
    my %frame = (level => $1, address => $2, function => $3, args => $4, file => $5, line => $6, library => $7);
    ${kept === "whole" ? "" : "$frame{args} = [map { /^([^=]+)=(.*)$/s ? {name => $1, value => $2} : {value => $_} } split /, (?=[\\w#]+=)/, $frame{args}];"}
    push @read, \\%frame;
  }
  print $n, " ", time - $start;`;

/** The seconds in which Perl reads a file; null where there is no Perl. */
function perlSeconds(file: string, kept: "whole" | "split", frames: number): number | null {
  if (!isThere("perl")) return null;
  const times = Array.from({ length: 5 }, () => {
    const { stdout } = spawnSync("perl", ["-e", perlReader(kept), file], { encoding: "utf8" });
    const [read, seconds] = stdout.split(" ").map(Number);
    if (read !== frames) throw new Error(`Perl read ${stdout} of ${frames} frames`);
    return seconds ?? 0;
  });
  return times.sort((a, b) => a - b)[2] ?? null;
}

const nowhere = { path: null, member: null, messageId: null };

/** From bytes to the threads and frames of the model, as `analyze` does before it judges. */
function readAll(bytes: Uint8Array): number {
  let frames = 0;
  for (const window of readPlain(bytes, nowhere).windows) {
    const { traces } = readTraces(clean(window.text).view, new Positions(window));
    for (const { threads } of traces) for (const thread of threads) frames += thread.frames.length;
  }
  return frames;
}

function benchTraces(folder: string, shape: Shape): void {
  const { text, frames } = traces(shape, 40_000, 1);
  const bytes = Buffer.from(text);
  const file = join(folder, "traces.log");
  writeFileSync(file, text);
  let read = 0;
  const model = median(7, () => {
    read = readAll(bytes);
  });
  if (read !== frames) throw new Error(`${shape.title}: ${read} frames read of ${frames}`);
  const report = median(3, () => {
    library.analyze([library.readPlain(bytes, nowhere)], library.packs, library.tool);
  });
  const whole = perlSeconds(file, "whole", frames);
  const split = perlSeconds(file, "split", frames);
  const speed = (seconds: number): string => `${(frames / seconds / 1000).toFixed(0)} thousand frames/s`;
  rows.push([
    `${shape.title}, to the model`,
    `${speed(model)}, ${(bytes.length / model / 1e6).toFixed(1)} MB/s`,
    whole === null ? "no perl here" : `one regular expression in Perl: ${speed(whole)}`,
    whole === null ? "" : `${(whole / model).toFixed(2)} of its speed (mark: at least 1)`,
  ]);
  rows.push([
    `${shape.title}, to the report`,
    speed(report),
    split === null ? "no perl here" : `the same in Perl with arguments split: ${speed(split)}`,
    split === null
      ? ""
      : `to the model ${(split / model).toFixed(2)}, to the report ${(split / report).toFixed(2)}`,
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

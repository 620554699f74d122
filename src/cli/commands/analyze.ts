import { emptyReport } from "../../empty-report.js";
import { formats } from "../../format/formats.js";
import { label } from "../../format/place.js";
import { tool } from "../../generated/tool.js";
import type { Document, Report } from "../../model/report.js";
import { severities } from "../../model/scales.js";
import type { Input } from "../../read/input.js";
import type { SourceFiles } from "../../source/tree.js";
import type { Arguments, Command } from "../command.js";
import type { Io } from "../io.js";
import { say } from "../messages.js";
import { colorChoices, paletteFor } from "../palette.js";
import { ruleOptions } from "../rule-options.js";
import { type RulesInForce, userRules } from "../rules-in-force.js";
import { type Status, status, UsageError } from "../status.js";

const lookedFor =
  "no backtrace and no failed assertion found. Looked for lines such as " +
  '"#0  0x00007f… in f (…) at file.c:12", "Thread 1 (…):" and "prog: file.c:12: f: Assertion `x\' failed."';

/** The files to read; nothing means stdin. Throws {@link UsageError} where they cannot be meant. */
function filesOf(given: Arguments, io: Io): readonly string[] {
  const files = given.words.length === 0 ? ["-"] : given.words;
  if (files.filter((file) => file === "-").length > 1) {
    throw new UsageError("- stands for standard input, which can be read once");
  }
  const output = given.values.get("output");
  const overwritten = files.find((file) => file !== "-" && output !== undefined && io.sameFile(file, output));
  if (overwritten !== undefined) {
    throw new UsageError(`--output ${overwritten} would overwrite an input; name another file`);
  }
  return files;
}

async function hintAtTerminal(files: readonly string[], io: Io): Promise<void> {
  if (files.includes("-") && io.stdin.isTerminal) {
    await say(io, "paste the backtrace, then press Ctrl-D (backtriage --help says more)");
  }
}

async function render(report: Report, given: Arguments, io: Io): Promise<Iterable<string>> {
  const format = formats.find(({ name }) => name === given.values.get("format"));
  const toTerminal = !given.values.has("output") && io.stdout.isTerminal;
  const rendered = await format?.load();
  return (
    rendered?.(report, {
      palette: paletteFor(given.values.get("color"), toTerminal, io.env),
      columns: Math.min(80, toTerminal ? (io.stdout.columns ?? 80) : 80),
      brief: given.flags.has("quiet"),
      why: given.flags.has("why"),
    }) ?? []
  );
}

/** To the file that `--output` names, else to stdout. Throws UnwritableError. */
async function deliver(pieces: Iterable<string>, output: string | undefined, io: Io): Promise<void> {
  if (output !== undefined && output !== "-") return io.writeFile(output, pieces);
  for (const piece of pieces) await io.stdout.write(piece);
}

function empty(document: Document): boolean {
  return document.traces.length === 0 && document.assertions.length === 0 && document.findings.length === 0;
}

async function remarkOnEmpty(report: Report, io: Io): Promise<void> {
  for (const document of report.documents.filter(empty)) {
    await say(io, `${label(document.source)}: ${lookedFor}`);
  }
}

/** Whether the report holds something as bad as `--fail-on` asks for, or worse. */
function fails(report: Report, failOn: string | undefined): boolean {
  const scale: readonly string[] = severities;
  const limit = scale.indexOf(failOn ?? "error");
  return severities.some((severity, index) => index <= limit && report.summary.findings[severity] > 0);
}

/** The parsers and the rules are loaded where there is something for them. */
async function judged(
  inputs: readonly Input[],
  rules: RulesInForce | null,
  sources: SourceFiles | null,
): Promise<Report> {
  const [{ analyze: analyzed }, { packs }] = await Promise.all([
    import("../../analyze.js"),
    import("../../generated/packs.js"),
  ]);
  return analyzed(inputs, rules?.packs ?? packs, tool, rules?.suppressions, sources);
}

/** Judges anew with what the report asks for from the source tree. Throws {@link UsageError} where there is no such tree. */
async function judgedWithSources(
  report: Report,
  inputs: readonly Input[],
  rules: RulesInForce | null,
  root: string,
  io: Io,
): Promise<Report> {
  const { readSources } = await import("../sources.js");
  const sources = await readSources(report, root, io);
  return sources === null ? report : judged(inputs, rules, sources);
}

async function run(given: Arguments, io: Io): Promise<Status> {
  const files = filesOf(given, io);
  const quiet = given.flags.has("quiet");
  const rules = await userRules(given, io);
  if (!quiet) for (const line of rules?.expired ?? []) await say(io, line);
  if (!quiet) await hintAtTerminal(files, io);
  const { readInputs } = await import("../inputs.js");
  const { inputs, failed } = await readInputs(files, given.commandNames, io);
  const first = emptyReport(inputs, tool) ?? (await judged(inputs, rules, null));
  const root = given.values.get("source");
  const report = root === undefined ? first : await judgedWithSources(first, inputs, rules, root, io);
  await deliver(await render(report, given, io), given.values.get("output"), io);
  if (!quiet) await remarkOnEmpty(report, io);
  if (failed) return status.usage;
  return fails(report, given.values.get("fail-on")) ? status.found : status.clean;
}

export const analyze: Command = {
  name: null,
  describe: "Find the crashes, say what is wrong",
  words: { name: "FILE", describe: "What to read; - or nothing for standard input", many: true },
  options: {
    format: {
      alias: "f",
      describe: "How to print the result",
      choices: formats.map(({ name }) => name),
      default: "text",
    },
    output: { alias: "o", describe: "Write the result to this file, whole or not at all" },
    source: { describe: "The program's source tree: its functions tell what is open at a frame's line" },
    ...ruleOptions,
    quiet: {
      alias: "q",
      flag: true,
      describe: "Print only the verdict lines (text), and only errors on stderr",
    },
    why: { flag: true, describe: "Also what led to each finding, and what would change it (text)" },
    "fail-on": {
      describe: "The mildest finding that makes the exit status 1",
      choices: [...severities, "never"],
      default: "error",
    },
    color: {
      describe: "Colours (auto heeds NO_COLOR, FORCE_COLOR and the terminal)",
      choices: colorChoices,
      default: "auto",
    },
  },
  run,
};

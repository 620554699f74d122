// `npm run fuzz -- [--minutes N] [--total SECONDS] [--target NAME] [--seed N]`: mutates texts and looks for one that makes a
// reader throw, hang, or take more than linear time. Each target gets the minutes (10 by default), or all share the
// seconds. The printed seed makes the same mutations again. Exit status: 0 where nothing was found, 1 where something was,
// 2 for wrong usage.
import { parseArgs } from "node:util";
import { Coverage } from "./coverage.js";
import { Fuzzer, type Outcome } from "./fuzzer.js";
import { Random } from "./random.js";

const coverage = new Coverage((url) => url.includes("/src/") && !url.includes("node_modules"));
// Only what is compiled after that is seen.
const { targets } = await import("./targets.js");
const { sampleLines, sampleTexts } = await import("./seeds.js");

function chosenTargets(name: string | undefined): typeof targets {
  const chosen = targets.filter((target) => name === undefined || target.name === name);
  if (chosen.length > 0) return chosen;
  throw new Error(`no target ${name}; there are ${targets.map((target) => target.name).join(", ")}`);
}

/** Throws an Error where the text is no number above 0. */
function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new Error(`--${option}: ${text} is no number above 0`);
}

function printed({ target, executions, corpus, blocks, findings }: Outcome): string {
  const figures = [
    `${executions} executions`,
    `${corpus} inputs kept`,
    `${blocks.covered} of ${blocks.known} blocks`,
    `${findings.length} findings`,
  ];
  const lines = findings.map(
    ({ kind, detail, input }) => `  ${kind}: ${JSON.stringify(input)}\n    ${detail}\n`,
  );
  return `${target.padEnd(18)}${figures.join(", ")}\n${lines.join("")}`;
}

function fuzzAll(): number {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      total: { type: "string" },
      target: { type: "string" },
      seed: { type: "string", default: String(Math.floor(Date.now() / 1000)) },
    },
  });
  const chosen = chosenTargets(values.target);
  const seconds =
    values.total === undefined
      ? 60 * numberOf("minutes", values.minutes)
      : numberOf("total", values.total) / chosen.length;
  const seed = numberOf("seed", values.seed);
  process.stdout.write(`seed ${seed}, ${seconds.toFixed(1)} s for each of ${chosen.length} targets\n`);
  let found = 0;
  for (const target of chosen) {
    const seeds = target.seeds === "lines" ? sampleLines() : sampleTexts();
    const outcome = new Fuzzer(target, coverage, new Random(seed)).fuzz(seeds, 1000 * seconds);
    process.stdout.write(printed(outcome));
    found += outcome.findings.length;
  }
  return found > 0 ? 1 : 0;
}

try {
  process.exitCode = fuzzAll();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

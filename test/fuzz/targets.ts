import { clean } from "../../src/clean/clean.js";
import { readCondition } from "../../src/facts/read.js";
import { analyze, packs, readPlain, readText, reportSchema, tool } from "../../src/index.js";
import { parseAssertionLine } from "../../src/parse/assertion-line.js";
import { dialects } from "../../src/parse/dialects.js";
import { parseFrame, parseNotice, parseThreadHeader } from "../../src/parse/gdb/gdb-line.js";
import { SourceMap } from "../../src/parse/source-map.js";
import { parseValue } from "../../src/parse/value.js";
import { Positions } from "../../src/text/positions.js";
import type { Lengths } from "./growth.js";

/** Something that takes any text, and must neither throw nor take more than linear time. */
export interface Target {
  readonly name: string;
  readonly seeds: "lines" | "texts";
  /** How long the texts become with which its time is measured. */
  readonly lengths: Lengths;
  /** Throws an Error where something is wrong. */
  readonly run: (input: string) => void;
}

const unbounded: Lengths = { first: 16_384, last: 131_072 };

/** For readers that do not look at longer texts. */
function upTo(longest: number): Lengths {
  return { first: longest, last: longest };
}

const lines: readonly Target[] = [
  { name: "frame", seeds: "lines", lengths: unbounded, run: parseFrame },
  { name: "thread-header", seeds: "lines", lengths: upTo(4096), run: parseThreadHeader },
  { name: "notice", seeds: "lines", lengths: unbounded, run: parseNotice },
  { name: "value", seeds: "lines", lengths: upTo(65_536), run: parseValue },
  { name: "assertion", seeds: "lines", lengths: upTo(16_384), run: parseAssertionLine },
  { name: "condition", seeds: "lines", lengths: upTo(4096), run: readCondition },
];

const source = { path: null, member: null, messageId: null };
const origin = { offset: 0, line: 1, column: 1 };

const dialectTargets: readonly Target[] = dialects.map(({ name, read }) => ({
  name,
  seeds: "texts",
  lengths: unbounded,
  run: (input: string): void => {
    read(new SourceMap(clean(input).view, new Positions({ text: input, origin })));
  },
}));

const wholes: readonly Target[] = [
  {
    name: "pipeline",
    seeds: "texts",
    lengths: unbounded,
    run: (input) => checkReport(analyze([readText(input, source)], packs, tool)),
  },
  {
    // One byte of each unit: broken UTF-8, byte order marks, UTF-16.
    name: "bytes",
    seeds: "texts",
    lengths: unbounded,
    run: (input) => checkReport(analyze([readPlain(Buffer.from(input, "latin1"), source)], packs, tool)),
  },
];

export const targets: readonly Target[] = [...lines, ...dialectTargets, ...wholes];

/** Throws an Error where the report is not what its schema says. */
function checkReport(report: unknown): void {
  const { error } = reportSchema.safeParse(report);
  if (error !== undefined) throw new Error(`the report breaks its schema: ${error.message}`);
}

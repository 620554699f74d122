import { basename } from "node:path";
import type { Argument, Frame } from "../../src/model/trace.js";
import type { MiFrame } from "./mi.js";
import type { Hidden } from "./settings.js";

interface Pair {
  readonly name: string;
  readonly value: string | null;
  readonly entryValue: string | null;
}

/** Joins `NAME` and `NAME@entry`, two items of MI, to one argument. */
function pairsOf(frame: MiFrame): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { name, value } of frame.arguments) {
    const [own = name, entry] = name.split("@");
    const pair = pairs.get(own) ?? { name: own, value: null, entryValue: null };
    pairs.set(own, entry === undefined ? { ...pair, value } : { ...pair, entryValue: value });
  }
  return [...pairs.values()];
}

/** Whether gdb may print `shown` for what MI gives as `full`: aggregates are shortened, a printer's heading stays. */
function isShortOf(shown: string, full: string): boolean {
  if (shown === full) return true;
  const aggregate = full.search(/[{(]/);
  if (aggregate === -1) return false;
  return shown === "..." || (shown.endsWith("{...}") && full.startsWith(shown.slice(0, -"...}".length)));
}

function expectedFile(frame: MiFrame, { files }: Hidden): string | null {
  if (files === "absolute") return frame.fullname ?? frame.file;
  return files === "basename" && frame.file !== null ? basename(frame.file) : frame.file;
}

function expectedKind({ function: name }: MiFrame): Frame["kind"] {
  if (name === "<function called from gdb>") return "inferior-call";
  return name === "<signal handler called>" ? "signal-handler" : "normal";
}

/** What was compared, for the record. */
export interface Tally {
  readonly frames: number;
  readonly arguments: number;
}

export function tallyOf(stack: readonly MiFrame[]): Tally {
  const counts = stack.map((frame) => pairsOf(frame).length);
  return { frames: stack.length, arguments: counts.reduce((sum, count) => sum + count, 0) };
}

/** Every way in which the frames that were read differ from those of MI, but for what was hidden. */
export function differences(read: readonly Frame[], stack: readonly MiFrame[], hidden: Hidden): string[] {
  const found: string[] = [];
  if (read.length !== stack.length) found.push(`${read.length} frames instead of ${stack.length}`);
  for (const [index, expected] of stack.entries()) {
    const frame = read[index];
    if (frame === undefined) break;
    const say = (what: string, got: unknown, wanted: unknown): void => {
      if (got === wanted) return;
      found.push(`#${expected.level} ${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
    };
    const kind = expectedKind(expected);
    const special = kind !== "normal";
    say("level", frame.level, expected.level);
    say("kind", frame.kind, kind);
    say("function", frame.function, special || expected.function === "??" ? null : expected.function);
    const shown = hidden.addresses === "none" ? null : expected.address;
    if (frame.address !== null || (hidden.addresses === "all" && !special))
      say("address", frame.address, shown);
    say("file", frame.location?.file ?? null, hidden.locations ? null : expectedFile(expected, hidden));
    say("line", frame.location?.line ?? null, hidden.locations ? null : expected.line);
    say("library", frame.library, hidden.locations || expected.file !== null ? null : expected.library);
    found.push(
      ...argumentDifferences(frame.arguments, expected, hidden).map((text) => `#${expected.level} ${text}`),
    );
  }
  return found;
}

function argumentDifferences(read: readonly Argument[], expected: MiFrame, hidden: Hidden): string[] {
  const pairs = pairsOf(expected);
  if (hidden.arguments === "names") {
    const shown = read.map(({ name, value }) => `${name}=${value}`).join();
    return pairs.length > 0 && shown !== "null=..." ? [`arguments: ${shown} instead of ...`] : [];
  }
  // MI leaves out what has no location: what was optimized out, and what the compiler knew to be a constant.
  const located = read.filter(({ name }) => pairs.some((pair) => pair.name === name));
  const others = read.filter((argument) => !located.includes(argument));
  const names = located.map(({ name }) => name).join();
  const wanted = pairs.map(({ name }) => name).join();
  return [
    ...(names === wanted ? [] : [`arguments: ${names} instead of ${wanted}`]),
    ...others.flatMap(({ name, value }) =>
      value === null || /^(<optimized out>|\.\.\.|-?\d+)$/.test(value)
        ? []
        : [`${name}: ${value}, not in MI`],
    ),
    ...located.flatMap((argument, index) => valueDifferences(argument, pairs[index], hidden)),
  ];
}

function valueDifferences(argument: Argument, expected: Pair | undefined, hidden: Hidden): string[] {
  // A printer that failed: MI has no value at all.
  if (expected === undefined || (expected.value === null && expected.entryValue === null)) return [];
  const compared: [string, string | null, string | null][] = [
    ["value", argument.value, expected.value],
    ["entry value", argument.entryValue, expected.entryValue],
  ];
  return compared.flatMap(([what, got, wanted]) => {
    const ignorable = hidden.entryValues === "other" && (got === null || wanted === null);
    if (ignorable || agree(got, wanted, hidden)) return [];
    return [`${what} of ${expected.name}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`];
  });
}

function agree(shown: string | null, said: string | null, hidden: Hidden): boolean {
  const [got, wanted] = [withoutKind(shown), withoutKind(said)];
  if (got === wanted) return true;
  if (hidden.arguments === "values") return got === "..." || got === null;
  if (hidden.pointers && wanted?.includes("0x")) return got !== null && !got.includes("0x");
  return hidden.arguments === "aggregates" && got !== null && wanted !== null && isShortOf(got, wanted);
}

/** gdb writes `class` before a type of which it knows no more than the name; once it knows more, it does not. */
function withoutKind(value: string | null): string | null {
  return value?.replace(/\b(?:class|struct|union|enum) /g, "") ?? null;
}

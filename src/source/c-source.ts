import { canonicalName } from "../text/names.js";
import { Tokens } from "./body-tokens.js";
import { closingCall, type Marks, openOn, waysTo } from "./depths.js";
import { type FunctionBody, functionsIn } from "./functions.js";
import { readSteps } from "./read-steps.js";
import type { Call, Steps } from "./steps.js";

/** A C file whose functions were found. */
export interface CSource {
  readonly text: string;
  readonly functions: readonly FunctionBody[];
}

/** Where a frame stands in its file. */
export interface Spot {
  /** Counted from 1. */
  readonly line: number;
  /** As gdb named it; compared without the marks of copies. */
  readonly function: string;
  /** A call is in progress there, as in every frame but the innermost: a line without a call is none of this file. */
  readonly calling: boolean;
}

/** What is open at a line, and since which call. */
export interface Between {
  readonly began: Call;
  /** The call that ends it, or null: what a guard began ends with its scope, and an end may be missing. */
  readonly ends: Call | null;
  readonly guarded: boolean;
  /** What is called by name in the statement on the line. */
  readonly calls: ReadonlySet<string>;
  /** What is called by name in the rest of the function. */
  readonly elsewhere: ReadonlySet<string>;
  /** It is open however the line was reached; else on some ways only. */
  readonly sure: boolean;
}

/** Finds the functions of a C file. Linear; never throws, whatever the text holds. */
export function readC(text: string): CSource {
  return { text, functions: functionsIn(text) };
}

/**
 * The calls that may come before and after a line, by the structure of its function: calls in front of the line that can
 * lead to it, and calls behind it that it can lead to. Null where the line is in no function of that name, or where that
 * function cannot be read. Never throws.
 * @param line counted from 1
 */
export function callsAround(
  source: CSource,
  line: number,
  functionName: string,
): { before: readonly Call[]; after: readonly Call[] } | null {
  const steps = stepsOf(source, line, functionName, new Set());
  const here = steps === null ? [] : stepsAt(steps, line, false);
  if (steps === null || here.length === 0) return null;
  const reached = reachable(
    steps.map(({ next }) => next),
    here,
  );
  const reaching = reachable(reversed(steps), here);
  return {
    before: callsOf(steps, reaching).filter((call) => call.line < line),
    after: callsOf(steps, reached).filter((call) => call.line > line),
  };
}

/**
 * Whether a line lies between a call that begins something and the one that ends it. Null where it does not, where the line
 * itself calls an end (the frame may be in it), and where it cannot be told. Never throws.
 * @param marks where `end` is empty, the end of the scope ends what a `begin` began, as with guards
 */
export function between(source: CSource, spot: Spot, marks: Marks): Between | null {
  const scoped =
    marks.end.size > 0 ? marks : { ...marks, guards: new Set([...marks.guards, ...marks.begin]) };
  const steps = stepsOf(source, spot.line, spot.function, scoped.guards);
  if (steps === null) return null;
  const here = stepsAt(steps, spot.line, spot.calling);
  const calls = namesOf(steps, new Set(here));
  if ([...marks.end].some((name) => calls.has(name))) return null;
  const ways = waysTo(steps, scoped);
  const open = openOn(here.map((step) => ways[step] ?? []));
  if (open === null) return null;
  const guarded = scoped.guards.has(open.call.name);
  const ends = guarded ? null : closingCall(steps, here, spot.line, marks);
  const elsewhere = namesOf(steps, new Set([...steps.keys()].filter((step) => !here.includes(step))));
  return { began: open.call, ends, guarded, calls, elsewhere, sure: open.sure };
}

/** The steps of the function that a line is in; null where it is not of that name or cannot be read. */
function stepsOf(
  { text, functions }: CSource,
  line: number,
  functionName: string,
  guards: ReadonlySet<string>,
): Steps | null {
  const name = plainName(functionName);
  const around = functions.filter(({ first, last }) => first <= line && line <= last);
  const [body, ...others] = around.filter(({ names }) => names.has(name));
  if (body === undefined || others.length > 0) return null;
  const { start, end, first } = body;
  return readSteps(new Tokens({ text, start, end, line: first }), guards);
}

/** `ns::f(int)` is `f` where it is written. */
function plainName(functionName: string): string {
  return canonicalName(functionName).split("::").at(-1) ?? "";
}

/** The steps whose text is on the line; those with a call only, where one is in progress. */
function stepsAt(steps: Steps, line: number, calling: boolean): number[] {
  return steps.flatMap(({ first, last, invokes }, index) =>
    first <= line && line <= last && (invokes || !calling) ? [index] : [],
  );
}

/** The steps that can be reached from some by at least one step. */
function reachable(next: readonly (readonly number[])[], from: readonly number[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const waiting = [...from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const step of next[at] ?? []) {
      if (seen.has(step)) continue;
      seen.add(step);
      waiting.push(step);
    }
  }
  return seen;
}

function reversed(steps: Steps): number[][] {
  const before: number[][] = steps.map(() => []);
  for (const [index, { next }] of steps.entries()) for (const step of next) before[step]?.push(index);
  return before;
}

function namesOf(steps: Steps, among: ReadonlySet<number>): ReadonlySet<string> {
  return new Set(callsOf(steps, among).map(({ name }) => name));
}

function callsOf(steps: Steps, among: ReadonlySet<number>): Call[] {
  return steps.flatMap(({ calls }, index) => (among.has(index) ? calls : []));
}

import type { Call, Step, Steps } from "./steps.js";

/** What opens something and what closes it, by name. */
export interface Marks {
  readonly begin: ReadonlySet<string>;
  readonly end: ReadonlySet<string>;
  /** Macros that open it up to the end of their scope. */
  readonly guards: ReadonlySet<string>;
}

/** What is open, innermost first. */
interface Opened {
  readonly call: Call;
  readonly outer: Opened | null;
}

/** By how often it is open: what is, or undefined where no way leads here with that many. More than `most` count as `most`. */
type Ways = (Opened | null | undefined)[];

const most = 7;

/** For each step what is open in front of it, on all ways that lead there. Linear in the steps and what follows them. */
export function waysTo(steps: Steps, marks: Marks): readonly Readonly<Ways>[] {
  const ways: Ways[] = steps.map(() => []);
  merge(ways[0], [null]);
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const step = steps[at];
    if (step === undefined) continue;
    const after = through(step, ways[at] ?? [], marks);
    // Each step can be found anew at most once for each depth.
    for (const next of step.next) if (merge(ways[next], after)) waiting.push(next);
  }
  return ways;
}

/** What is open on the ways to several steps. */
export function openOn(ways: readonly Readonly<Ways>[]): { call: Call; sure: boolean } | null {
  const all: Ways = [];
  for (const one of ways) merge(all, one);
  const open = all.find((opened) => opened !== undefined && opened !== null);
  return open === undefined || open === null ? null : { call: open.call, sure: all[0] === undefined };
}

/** The call that closes what is open at some steps: the first behind `line`, where several ways do it. */
export function closingCall(steps: Steps, here: readonly number[], line: number, marks: Marks): Call | null {
  const closing: Call[] = [];
  const seen = new Set<number>();
  const waiting = here.map((step) => ({ step, deeper: 0 }));
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const key = one.step * (most + 1) + one.deeper;
    const step = steps[one.step];
    if (seen.has(key) || step === undefined) continue;
    seen.add(key);
    const { deeper, closes } = followed(step, one.deeper, marks);
    if (closes !== null) closing.push(closes);
    else for (const next of step.next) waiting.push({ step: next, deeper });
  }
  const behind = closing.filter((call) => call.line > line);
  return (behind.length > 0 ? behind : closing).sort((one, other) => one.line - other.line)[0] ?? null;
}

function followed(
  { calls }: Step,
  from: number,
  { begin, end }: Marks,
): { deeper: number; closes: Call | null } {
  let deeper = from;
  for (const call of calls) {
    if (begin.has(call.name)) deeper = Math.min(deeper + 1, most);
    else if (end.has(call.name) && deeper-- === 0) return { deeper: 0, closes: call };
  }
  return { deeper, closes: null };
}

/** Adds ways to others; whether there was one among them with a new depth. */
function merge(into: Ways | undefined, from: Readonly<Ways>): boolean {
  let isNew = false;
  from.forEach((opened, depth) => {
    if (into === undefined || opened === undefined || into[depth] !== undefined) return;
    into[depth] = opened;
    isNew = true;
  });
  return isNew;
}

/** What is open behind a step. */
function through({ calls, closes }: Step, before: Readonly<Ways>, marks: Marks): Readonly<Ways> {
  let ways = before;
  for (const call of calls) {
    const changed = marks.end.has(call.name)
      ? closed(ways)
      : marks.begin.has(call.name) || marks.guards.has(call.name)
        ? opened(ways, call)
        : ways;
    if (!call.always) {
      const either = [...changed];
      merge(either, ways);
      ways = either;
    } else ways = changed;
  }
  for (let scopes = Math.min(closes, most + 1); scopes > 0; scopes--) ways = closed(ways);
  return ways;
}

function opened(ways: Readonly<Ways>, call: Call): Ways {
  const deeper: Ways = [];
  ways.forEach((outer, depth) => {
    if (outer !== undefined) merge(deeper, single(Math.min(depth + 1, most), { call, outer }));
  });
  return deeper;
}

function closed(ways: Readonly<Ways>): Ways {
  const less: Ways = [];
  ways.forEach((open, depth) => {
    if (open === undefined) return;
    merge(less, single(Math.max(0, depth - 1), depth <= 1 ? null : (open?.outer ?? null)));
    if (depth === most) merge(less, single(most, open));
  });
  return less;
}

function single(depth: number, open: Opened | null): Ways {
  const ways: Ways = [];
  ways[depth] = open;
  return ways;
}

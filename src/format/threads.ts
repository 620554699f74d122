import type { Finding } from "../model/report.js";
import type { Thread, Trace } from "../model/trace.js";
import { contextText } from "../text/contexts.js";
import { chain } from "./chain.js";
import { counted } from "./count.js";
import { listed, ranges } from "./ranges.js";
import { visible } from "./visible.js";
import { hang, shortenMiddle } from "./width.js";

/** Stacks that are told of one trace. */
const mostStacks = 16;
/** Numbers, or ranges of numbers, that are told of one stack. */
const mostNumbers = 8;
const mostNames = 3;
const longestName = 30;
const longestCall = 40;
/** Calls that are shown of a thread of which nothing is known. */
const innermostCalls = 4;

/** `thread 3`, `thread 3 "CPU 0/KVM"`; what is known of one without a number. */
export function threadName({ number, name, lwp, coroutine }: Thread): string {
  const called = name === null ? "" : ` "${shortenMiddle(visible(name), longestName)}"`;
  if (number !== null) return `thread ${visible(number)}${called}`;
  if (coroutine !== null) return `the coroutine at ${visible(coroutine.address)}`;
  return lwp === null ? `a thread${called}` : `LWP ${lwp}${called}`;
}

/** What a thread is and does, in words; empty where nothing is known. */
export function threadContext({ contexts }: Thread): string {
  return visible(contextText(contexts.map(({ title }) => title)));
}

/** `threads 2-57 "worker"`. */
function namesOf(threads: readonly Thread[]): string {
  const [first] = threads;
  if (first === undefined) return "";
  const marks = threads.flatMap(({ number, lwp }) => number ?? (lwp === null ? [] : `LWP ${lwp}`));
  if (threads.length === 1 || marks.length === 0) return threadName(first);
  const whole = marks.filter((mark) => /^\d{1,9}$/.test(mark));
  const others = marks.filter((mark) => !/^\d{1,9}$/.test(mark)).map((mark) => visible(mark));
  const names = new Set(threads.flatMap(({ name }) => (name === null ? [] : [name])));
  const called = [...names].map((name) => `"${shortenMiddle(visible(name), longestName)}"`);
  return `threads ${listed([...ranges(whole.map(Number)), ...others], mostNumbers)} ${listed(called, mostNames)}`.trimEnd();
}

/** The calls that tell what a thread does: from the frame that says what it is, or the innermost ones, machinery aside. */
function callsOf({ frames, classification, contexts }: Thread): string[] {
  const own = frames.filter(
    ({ function: name }, index) =>
      name !== null && classification[index]?.roles.includes("machinery") !== true,
  );
  const start = contexts.at(-1)?.level ?? null;
  const from = start === null ? innermostCalls - 1 : own.findLastIndex(({ level }) => level <= start);
  return own
    .slice(0, from + 1)
    .map(({ function: name }) => shortenMiddle(visible(name ?? "??"), longestCall))
    .reverse();
}

function marksOf(threads: readonly Thread[], finding: Finding | null): string {
  const has = (thread: number | null | undefined) => threads.some(({ index }) => index === thread);
  const own = threads.some(({ crashed }) => crashed) ? "crashed" : has(finding?.thread) ? "found here" : "";
  const others = (finding?.candidates ?? []).filter(
    ({ thread }) => thread !== finding?.thread && has(thread),
  );
  const holds = others.some(({ known }) => known) ? "holds it" : others.length > 0 ? "may hold it" : "";
  const marks = [own, holds].filter((mark) => mark !== "");
  return marks.length === 0 ? "" : ` (${marks.join(", ")})`;
}

function stackRow(
  threads: readonly Thread[],
  finding: Finding | null,
  digits: number,
  columns: number,
): string[] {
  const [first] = threads;
  if (first === undefined) return [];
  const context = threadContext(first);
  const said = `${namesOf(threads)}${marksOf(threads, finding)}${context === "" ? "" : `: ${context}`}`;
  const count = `  ${String(threads.length).padStart(digits)}  `;
  const calls = chain(callsOf(first), columns - count.length - 3);
  const indent = " ".repeat(count.length);
  return [...hang(count, said, columns), ...(calls === "" ? [] : [`${indent}in ${calls}`])];
}

function headingOf(threads: readonly Thread[], stacks: number): string {
  const coroutines = threads.filter(({ coroutine }) => coroutine !== null).length;
  const ordinary = counted(threads.length - coroutines, "thread");
  const told = coroutines === 0 ? ordinary : `${ordinary} and ${counted(coroutines, "coroutine")}`;
  return `${told}, ${counted(stacks, "stack")}`;
}

/**
 * The threads of a trace that has several, those with one stack as one: `60 threads, 5 stacks`, and for each stack how many, which
 * they are and what they do. Without lines where there is one thread.
 */
export function threadsSection(
  trace: Trace | null,
  finding: Finding | null,
  columns: number,
): { heading: string; lines: string[] } {
  if (trace === null || trace.threads.length < 2) return { heading: "", lines: [] };
  const { threads, stacks } = trace;
  const shown = stacks.slice(0, mostStacks).map((stack) => stack.flatMap((index) => threads[index] ?? []));
  const digits = String(Math.max(0, ...shown.map((stack) => stack.length))).length;
  const hidden = stacks.slice(mostStacks);
  const left = hidden.reduce((sum, stack) => sum + stack.length, 0);
  return {
    heading: headingOf(threads, stacks.length),
    lines: [
      ...shown.flatMap((stack) => stackRow(stack, finding, digits, columns)),
      ...(left === 0 ? [] : [`  … ${counted(hidden.length, "more stack")} of ${counted(left, "thread")} …`]),
    ],
  };
}

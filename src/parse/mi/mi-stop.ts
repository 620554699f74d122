import type { ReadTrace, Signal, Variable } from "../../model/trace.js";
import { assertionOfFrames } from "../assertion.js";
import { frameOf } from "../frame.js";
import { foreignTrace } from "../neighbours/foreign.js";
import type { FrameNode } from "../nodes.js";
import type { SourceMap } from "../source-map.js";
import type { MiArguments, MiFrames, MiVariable } from "./mi-frame.js";
import { type Asked, MiStack, type MiThread } from "./mi-stack.js";

/** An answer is about one of so many stacks before it, or a stack about one of so many answers. */
const mostCandidates = 64;

/** What was told about the program between one stop and the next. */
export class MiStop {
  private readonly stacks: MiStack[] = [];
  /** The last one of each thread. */
  private readonly ofThread = new Map<string, MiStack>();
  /** What came before the stack that it is about. */
  private arguments: { readonly found: readonly MiArguments[]; readonly asked: Asked }[] = [];
  private variables: { readonly found: readonly MiVariable[]; readonly asked: Asked }[] = [];
  private readonly prints: Variable[] = [];
  /** Where it stopped, by the record of the stop or by `-stack-info-frame`. */
  place: FrameNode | null = null;

  constructor(
    readonly signal: Signal | null,
    /** The thread that stopped. */
    readonly thread: string | null,
  ) {}

  /** The value of an expression, which holds for all that is told of this stop; no more than some are kept. */
  addPrint(print: Variable): void {
    if (this.prints.length < mostCandidates) this.prints.push(print);
  }

  /** Shows the place of the stop as a stack of one frame. */
  addPlace(): void {
    if (this.place === null) return;
    this.addStack({ found: [this.place], cut: null }, { thread: this.thread, level: 0, command: null });
  }

  addStack(list: MiFrames<FrameNode>, asked: Asked): void {
    if (list.found.length === 0) return;
    const known = [this.ofThread.get(asked.thread ?? ""), this.stacks.at(-1)].find((stack) =>
      stack?.isOf(list.found, asked),
    );
    const stack = known ?? new MiStack(asked, list);
    if (known === undefined) this.push(stack);
    else known.add(list);
    this.arguments = this.arguments.filter(({ found, asked: about }) => {
      const fits = stack.lacks(found, about);
      if (fits) stack.takeArguments(found);
      return !fits;
    });
    this.variables = this.variables.filter(({ found, asked: about }) => !stack.takeVariables(found, about));
  }

  private push(stack: MiStack): void {
    this.stacks.push(stack);
    if (stack.asked.thread !== null) this.ofThread.set(stack.asked.thread, stack);
  }

  /** Where an answer about a stack looks for it. */
  private candidates({ thread }: Asked): MiStack[] {
    const own = this.ofThread.get(thread ?? "");
    const last = this.stacks.slice(-mostCandidates);
    return own === undefined ? last : [...last.filter(({ asked }) => asked.thread === null), own];
  }

  /** A list of frames that goes on with the last stack, whose list something unreadable interrupted; false where none does. */
  goOn(list: MiFrames<FrameNode>): boolean {
    const last = this.stacks.at(-1);
    const [first] = list.found;
    if (last === undefined || first === undefined || first.level <= (last.frames.at(-1)?.level ?? 0))
      return false;
    last.add(list);
    return true;
  }

  /** Arguments belong to the last stack that lacks them, one of just their levels before others, or to one that follows. */
  addArguments(found: readonly MiArguments[], asked: Asked): void {
    const lacking = this.candidates(asked).filter((stack) => stack.lacks(found, asked));
    const stack = lacking.findLast((one) => one.matches(found)) ?? lacking.at(-1);
    if (stack === undefined) this.arguments = [...this.arguments, { found, asked }].slice(-mostCandidates);
    else stack.takeArguments(found);
  }

  addVariables(found: readonly MiVariable[], asked: Asked): void {
    const taken = this.candidates(asked).findLast((stack) => stack.takeVariables(found, asked));
    if (taken === undefined) this.variables = [...this.variables, { found, asked }].slice(-mostCandidates);
  }

  /** Stacks of different threads make one trace; where nothing tells whose they are, each is a trace of its own. */
  traces(threads: ReadonlyMap<string, MiThread>, map: SourceMap): ReadTrace[] {
    const groups: MiStack[][] = [];
    const numbers = new Set<string>();
    for (const stack of this.stacks) {
      const { thread } = stack.asked;
      const group = groups.at(-1);
      if (thread !== null && group !== undefined && numbers.size > 0 && !numbers.has(thread))
        group.push(stack);
      else {
        groups.push([stack]);
        numbers.clear();
      }
      if (thread !== null) numbers.add(thread);
    }
    return groups.map((group) => this.traceOf(group, threads, map));
  }

  private traceOf(
    group: readonly MiStack[],
    threads: ReadonlyMap<string, MiThread>,
    map: SourceMap,
  ): ReadTrace {
    const crashed = this.crashedIndex(group);
    const shown = crashed === -1 ? group : group.slice(crashed, crashed + 1);
    const start = group.reduce((least, { place }) => Math.min(least, place.start), Number.POSITIVE_INFINITY);
    const end = group.reduce((most, { place }) => Math.max(most, place.end), 0);
    return foreignTrace({
      dialect: "gdb-mi",
      command: group[0]?.asked.command ?? null,
      signal: this.signal,
      assertion: assertionOfStacks(shown, map),
      threads: group.map((stack, index) =>
        stack.thread(index, index === crashed, threads.get(stack.asked.thread ?? ""), map),
      ),
      prints: [...this.prints],
      span: map.span(start, end),
    });
  }

  private crashedIndex(group: readonly MiStack[]): number {
    if (this.signal === null) return -1;
    const only = this.stacks.length === 1 && group[0]?.asked.thread === null;
    if (only || (this.thread === null && this.stacks.length === 1)) return 0;
    return this.thread === null ? -1 : group.findIndex(({ asked }) => asked.thread === this.thread);
  }
}

function assertionOfStacks(stacks: readonly MiStack[], map: SourceMap): ReadTrace["assertion"] {
  for (const stack of stacks) {
    const assertion = assertionOfFrames(stack.nodes().map((node) => frameOf(node, 0, map)));
    if (assertion !== null) return assertion;
  }
  return null;
}

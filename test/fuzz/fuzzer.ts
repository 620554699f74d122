import type { Blocks, Coverage } from "./coverage.js";
import { Deadline } from "./deadline.js";
import { growthOf, isSlow, leastOf, type Pump, pumped, pumpOf } from "./growth.js";
import { minimized } from "./minimize.js";
import { mutated } from "./mutate.js";
import type { Random } from "./random.js";
import type { Target } from "./targets.js";

/** Something that an input did and must not do. */
export interface Finding {
  readonly kind: "throws" | "hangs" | "is slow" | "grows";
  /** As small as it could be made. */
  readonly input: string;
  readonly detail: string;
}

export interface Outcome {
  readonly target: string;
  readonly executions: number;
  /** The inputs that went new ways. */
  readonly corpus: number;
  readonly blocks: Blocks;
  readonly findings: readonly Finding[];
}

/** Inputs of a batch, and the milliseconds that it should take: a look at the coverage takes three or four. */
const smallestBatch = 16;
const largestBatch = 2048;
const batchTime = 25;
/** UTF-16 units of an input that is mutated. */
const longestInput = 2000;
const largestCorpus = 4000;
/** Milliseconds: nothing that is no bug takes so long, however busy the machine is. */
const patience = 10_000;
/** Milliseconds of a batch from which on it is asked which of its inputs is slow. */
const slowBatch = 300;
/** The share of the time that goes into long inputs. */
const growthShare = 0.3;
/** Of each kind. */
const mostFindings = 3;

/** Mutates what went new ways, and looks at what each mutant does: whether it throws, and how long it takes. */
export class Fuzzer {
  private readonly corpus: string[] = [];
  private readonly findings = new Map<string, Finding>();
  private readonly deadline = new Deadline();
  private executions = 0;
  /** What runs, should it never end. */
  private lastInput = "";
  private growthTime = 0;

  constructor(
    private readonly target: Target,
    private readonly coverage: Coverage,
    private readonly random: Random,
  ) {}

  /** Runs every seed and then mutants of them, for that many milliseconds. */
  fuzz(seeds: readonly string[], milliseconds: number): Outcome {
    this.coverage.reset();
    const start = performance.now();
    const elapsed = (): number => performance.now() - start;
    const left = this.random.shuffled(seeds).map((seed) => seed.slice(0, longestInput));
    let size = smallestBatch;
    while (elapsed() < milliseconds) {
      const time = this.runBatch(left.length > 0 ? left.splice(0, size) : this.mutants(size));
      size = time < batchTime ? Math.min(largestBatch, size * 2) : Math.max(smallestBatch, size / 2);
      if (left.length === 0 && this.growthTime < growthShare * elapsed()) this.growOne();
    }
    return {
      target: this.target.name,
      executions: this.executions,
      corpus: this.corpus.length,
      blocks: this.blocks(),
      findings: [...this.findings.values()],
    };
  }

  private mutants(count: number): string[] {
    const { corpus, random } = this;
    if (corpus.length === 0) corpus.push("");
    // What was found last is the least explored.
    const recent = corpus.slice(-16);
    return Array.from({ length: count }, () => {
      const input = random.pick(random.oneIn(2) ? recent : corpus);
      return mutated(input, random.pick(corpus), longestInput, random);
    });
  }

  /** Milliseconds of processor time that the batch took. One input of it is looked at closely, and all that ran new code. */
  private runBatch(inputs: readonly string[]): number {
    const time = this.runAll(inputs);
    const isNews = this.coverage.ranNewCode();
    if (time > slowBatch) {
      for (const input of inputs) this.askWhetherSlow(input);
      this.coverage.skip();
    }
    if (isNews) this.keepNews(inputs);
    else this.keepIfNew(this.random.pick(inputs));
    return time;
  }

  /** Keeps those of `inputs` that run new code. A look at the coverage costs as much as many inputs: halves are asked. */
  private keepNews(inputs: readonly string[]): void {
    const [only, ...others] = inputs;
    if (only === undefined) return;
    if (others.length === 0) {
      this.keepIfNew(only);
      return;
    }
    const middle = inputs.length >> 1;
    for (const half of [inputs.slice(0, middle), inputs.slice(middle)]) {
      this.runAll(half);
      if (this.coverage.ranNewCode()) this.keepNews(half);
    }
  }

  private keepIfNew(input: string): void {
    this.runAll([input]);
    if (this.coverage.wentNewWay() && this.corpus.length < largestCorpus) this.corpus.push(input);
  }

  private run(input: string): void {
    this.lastInput = input;
    this.executions += 1;
    const complaint = this.complaintOf(input);
    if (complaint === null) return;
    this.report("throws", complaint, () =>
      minimized(input, (smaller) => this.complaintOf(smaller)?.slice(0, 20) === complaint.slice(0, 20)),
    );
  }

  /** What the target throws. */
  private complaintOf(input: string): string | null {
    try {
      this.target.run(input);
      return null;
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error);
    }
  }

  /** Milliseconds of processor time that `task` takes; Infinity where it does not end while one waits. */
  private timeOf(task: () => void): number {
    const before = process.cpuUsage();
    const ended = this.deadline.ends(patience, task);
    const { user, system } = process.cpuUsage(before);
    return ended ? (user + system) / 1000 : Number.POSITIVE_INFINITY;
  }

  /** Like {@link timeOf}, of many inputs. The one that has no end is a finding. */
  private runAll(inputs: readonly string[]): number {
    const time = this.timeOf(() => {
      for (const input of inputs) this.run(input);
    });
    if (time === Number.POSITIVE_INFINITY) this.askWhetherEndless(this.lastInput);
    return time;
  }

  private readonly clock = (input: string): number => this.timeOf(() => this.run(input));

  private askWhetherEndless(input: string): void {
    const isEndless = (smaller: string): boolean =>
      !this.deadline.ends(patience / 10, () => this.run(smaller));
    if (!isEndless(input)) return;
    this.report("hangs", `more than ${patience / 10_000} s`, () => minimized(input, isEndless));
  }

  private askWhetherSlow(input: string): void {
    const time = leastOf(input, this.clock);
    if (!isSlow(input.length, time)) return;
    this.report("is slow", `${input.length} units take ${time.toFixed(1)} ms`, () =>
      minimized(input, (smaller) => leastOf(smaller, this.clock) > time / 2),
    );
  }

  private growOne(): void {
    const start = performance.now();
    const pump = pumpOf(this.random.pick(this.corpus), this.random);
    const growth = growthOf(pump, this.target.lengths, this.clock);
    if (growth !== null) this.report("grows", growth, () => shown(this.smallestPump(pump)));
    this.growthTime += performance.now() - start;
    this.coverage.skip();
  }

  private smallestPump(pump: Pump): Pump {
    const { first, last } = this.target.lengths;
    const shorter = { first, last: Math.max(first, last / 4) };
    const grows = (smaller: Pump): boolean => growthOf(smaller, shorter, this.clock) !== null;
    const before = minimized(pump.before, (text) => grows({ ...pump, before: text }));
    const after = minimized(pump.after, (text) => grows({ ...pump, before, after: text }));
    const middle = minimized(pump.middle, (text) => text !== "" && grows({ before, middle: text, after }));
    return { before, middle, after };
  }

  private report(kind: Finding["kind"], detail: string, smallest: () => string): void {
    const known = [...this.findings.keys()].filter((key) => key.startsWith(kind));
    const key = `${kind} ${kind === "throws" ? placeOf(detail) : known.length}`;
    if (this.findings.has(key) || known.length >= mostFindings) return;
    // First of all known: finding the smallest comes here again.
    this.findings.set(key, { kind, detail, input: "" });
    this.findings.set(key, { kind, detail, input: smallest() });
  }

  private blocks(): Blocks {
    this.coverage.skip();
    this.runAll(this.corpus);
    return this.coverage.blocks();
  }
}

/** The message of an error and the place that threw it. */
function placeOf(stack: string): string {
  return stack.split("\n").slice(0, 2).join();
}

function shown(pump: Pump): string {
  return `${JSON.stringify(pump)}, for instance ${JSON.stringify(pumped(pump, 200))}`;
}

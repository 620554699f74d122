import { type Profiler, Session } from "node:inspector";

export interface Blocks {
  readonly covered: number;
  readonly known: number;
}

type ScriptCoverage = Profiler.ScriptCoverage;

/** Counts that are told apart: a loop that ran three times is news, one that ran 41 times instead of 40 is not. */
const countSteps = [1, 2, 3, 4, 8, 16, 32, 128];
/** No source file of the project is longer. */
const mostCharacters = 2 ** 19;

/**
 * V8's precise coverage of the project's own source, block by block, through this process's own inspector. Only code that
 * is compiled after the start has blocks: make this first, then import what it shall see.
 */
export class Coverage {
  private readonly session = new Session();
  /** What of each script ran so far: one byte for each character. */
  private readonly painted = new Map<string, Uint8Array>();
  private readonly features = new Set<number>();
  private readonly scripts = new Map<string, number>();

  /** @param isOwn whether a script, given by its URL, belongs to what is looked at */
  constructor(private readonly isOwn: (url: string) => boolean) {
    this.session.connect();
    this.session.post("Profiler.enable");
    this.session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** Forgets what ran since the last call of any method here. */
  skip(): void {
    this.taken();
  }

  /** Whether any code ran since then that {@link wentNewWay} never saw run. */
  ranNewCode(): boolean {
    return this.taken().some((script) => this.isNews(script));
  }

  /**
   * Whether the run since then, of one input, went a new way: new code, or known code a notably different number of
   * times. It is known from then on.
   */
  wentNewWay(): boolean {
    const scripts = this.taken();
    const isNews = scripts.map((script) => this.isNews(script)).includes(true);
    const known = this.features.size;
    for (const script of scripts) {
      this.paint(script);
      this.addFeatures(script);
    }
    return isNews || this.features.size > known;
  }

  /**
   * How many of the blocks that V8 tells apart ran since then. It joins neighbours that ran equally often, so that the
   * number is true only after many different inputs.
   */
  blocks(): Blocks {
    const counts = this.taken()
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .map(({ count }) => count);
    return { covered: counts.filter((count) => count > 0).length, known: counts.length };
  }

  /** What is known of what ran is forgotten: another target begins. */
  reset(): void {
    this.skip();
    this.painted.clear();
    this.features.clear();
  }

  private taken(): ScriptCoverage[] {
    let scripts: ScriptCoverage[] = [];
    // The session is this process's own: the answer is there before the call returns.
    this.session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error !== null) throw error;
      scripts = result.filter(({ url }) => this.isOwn(url));
    });
    return scripts;
  }

  private addFeatures({ url, functions }: ScriptCoverage): void {
    const script = this.scripts.get(url) ?? this.scripts.size;
    this.scripts.set(url, script);
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        if (count === 0) continue;
        const step = countSteps.findLastIndex((least) => count >= least);
        const range = (script * mostCharacters + startOffset) * mostCharacters + endOffset;
        this.features.add(range * countSteps.length + step);
      }
    }
  }

  /** Whether `script` ran a character that had not run. */
  private isNews(script: ScriptCoverage): boolean {
    const before = this.painted.get(script.url) ?? new Uint8Array();
    return segmentsOf(script).some(({ start, end }) => {
      const news = before.indexOf(0, start);
      return end > before.length || (news !== -1 && news < end);
    });
  }

  private paint(script: ScriptCoverage): void {
    const before = this.painted.get(script.url) ?? new Uint8Array();
    const segments = segmentsOf(script);
    const length = Math.max(before.length, segments.at(-1)?.end ?? 0);
    const longer = before.length === length ? before : new Uint8Array(length);
    longer.set(before);
    for (const { start, end } of segments) longer.fill(1, start, end);
    this.painted.set(script.url, longer);
  }
}

interface Segment {
  readonly start: number;
  readonly end: number;
}

/** The stretches of a script that ran, in order. A range inside another overrules it: a block that did not run, mostly. */
function segmentsOf({ functions }: ScriptCoverage): Segment[] {
  const ranges = functions
    .flatMap((one) => one.ranges)
    .sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset);
  const segments: Segment[] = [];
  const open: typeof ranges = [];
  let at = 0;
  const runTo = (end: number): void => {
    if ((open.at(-1)?.count ?? 0) > 0 && end > at) segments.push({ start: at, end });
    at = end;
  };
  const closeUpTo = (start: number): void => {
    for (let last = open.at(-1); last !== undefined && last.endOffset <= start; last = open.at(-1)) {
      runTo(last.endOffset);
      open.pop();
    }
  };
  for (const range of ranges) {
    closeUpTo(range.startOffset);
    runTo(range.startOffset);
    open.push(range);
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return segments;
}

import type { Tokens } from "./body-tokens.js";
import { callsAmong } from "./calls-among.js";
import { StepGraph } from "./step-graph.js";
import type { Steps } from "./steps.js";
import { Surroundings } from "./surroundings.js";
import { endsWay, jumpsWithin } from "./ways-out.js";

/** Deeper nesting is no code that a person wrote. */
const deepest = 400;

/**
 * Reads the statements of a function's body, and which may follow which. Null where that cannot be told: code that is no
 * C, `#if` in the middle of a statement's structure, computed `goto`, a label that is not there. Linear; never throws.
 * @param guards macros whose effect lasts to the end of the scope that they stand in, or to the end of the statement
 *   that follows them
 */
export function readSteps(tokens: Tokens, guards: ReadonlySet<string>): Steps | null {
  return new StepReader(tokens, guards).read();
}

interface Place {
  readonly step: number;
  readonly openGuards: number;
}

const loops = new Set(["while", "for", "do"]);
/** What begins a statement of another language, or one that only a compiler can read. */
const foreign = new Set(["else", "try", "catch", "__try", "__except", "__finally", "co_await"]);

class StepReader {
  private readonly graph = new StepGraph();
  private readonly around = new Surroundings();
  private readonly labels = new Map<string, Place>();
  private readonly gotos: (Place & { readonly label: string; readonly sure: boolean })[] = [];
  private at = 0;
  private nesting = 0;
  private blocks = 0;
  private openGuards = 0;
  private lost = false;

  constructor(
    private readonly tokens: Tokens,
    private readonly guards: ReadonlySet<string>,
  ) {}

  read(): Steps | null {
    if (!this.tokens.paired) return null;
    this.statements(this.graph.join());
    if (this.lost || this.at < this.tokens.count) return null;
    for (const { step, openGuards, label, sure } of this.gotos) {
      const place = this.labels.get(label);
      if (place === undefined && sure) return null;
      if (place !== undefined)
        this.graph.link(this.graph.leaving(step, openGuards - place.openGuards), place.step);
    }
    return this.graph.steps;
  }

  /** A step with the text of the tokens from `from` up to `to`. */
  private textStep(from: number, to: number, before: number): number {
    const { calls, invokes, mentions } = callsAmong(this.tokens, from, to, this.blocks);
    const lines = { first: this.tokens.line(from), last: this.tokens.line(to - 1) };
    const step = this.graph.add({ ...lines, calls, invokes, closes: 0 }, before);
    // A macro that is given a label may go there.
    for (const label of mentions) this.gotos.push({ step, openGuards: this.openGuards, label, sure: false });
    return step;
  }

  private giveUp(): void {
    this.lost = true;
    this.at = this.tokens.count;
  }

  private expect(text: string): void {
    if (this.tokens.text(this.at) === text) this.at++;
    else this.giveUp();
  }

  /** Statements up to a closing brace or the end of a branch of `#if`. */
  private statements(before: number): number {
    let step = before;
    while (this.at < this.tokens.count && this.tokens.text(this.at) !== "}") {
      const directive = this.tokens.directive(this.at);
      if (directive !== null && directive !== "if") break;
      step = directive === null ? this.statement(step) : this.branches(step);
    }
    return step;
  }

  /** `#if` around statements. */
  private branches(before: number): number {
    const end = this.graph.join();
    const openGuards = this.openGuards;
    let most = openGuards;
    let complete = false;
    this.nest(() => {
      for (let word: string | null = "if"; word !== "endif"; word = this.tokens.directive(this.at)) {
        if (word === null || this.lost) return this.giveUp();
        if (word === "else") complete = true;
        this.at++;
        this.openGuards = openGuards;
        this.graph.link(this.statements(before), end);
        most = Math.max(most, this.openGuards);
      }
      this.at++;
    });
    this.openGuards = most;
    if (!complete) this.graph.link(before, end);
    return end;
  }

  private nest(read: () => void): void {
    if (++this.nesting > deepest) this.giveUp();
    else read();
    this.nesting--;
  }

  /** What stands in a scope of its own: the guards in it end with it. */
  private scope(before: number, read: (before: number) => number): number {
    const outside = this.openGuards;
    let step = before;
    this.nest(() => {
      step = read(before);
    });
    step = this.graph.leaving(step, this.openGuards - outside);
    this.openGuards = outside;
    return step;
  }

  private block(before: number): number {
    this.at++;
    this.blocks++;
    const step = this.scope(before, (first) => this.statements(first));
    this.blocks--;
    this.expect("}");
    return step;
  }

  /** The statement that belongs to an `if` or a loop. */
  private inner(before: number): number {
    return this.scope(before, (first) => {
      let step = first;
      while (this.tokens.hasLabel(this.at)) step = this.statement(step);
      return this.statement(step);
    });
  }

  private statement(before: number): number {
    const word = this.tokens.text(this.at);
    if (this.at >= this.tokens.count || this.tokens.directive(this.at) !== null || foreign.has(word)) {
      this.giveUp();
      return before;
    }
    if (word === "{") return this.block(before);
    if (word === ";") {
      this.at++;
      return before;
    }
    if (word === "if") return this.choice(before);
    if (loops.has(word)) return word === "do" ? this.doLoop(before) : this.loop(before);
    if (word === "switch") return this.switch(before);
    if (word === "case" || word === "default") return this.caseLabel(before);
    if (word === "break" || word === "continue") return this.jump(before);
    if (word === "goto") return this.goto(before);
    if (this.tokens.isLabel(this.at)) return this.label(before);
    const body = this.tokens.bodyOfMacro(this.at);
    return body === null ? this.simple(before) : this.macro(before, body);
  }

  /** A keyword with what stands in brackets behind it. */
  private head(before: number): number {
    const from = this.at;
    do this.at++;
    while (/^(?:constexpr|likely|unlikely)$/.test(this.tokens.text(this.at)));
    const close = this.tokens.text(this.at) === "(" ? this.tokens.pair(this.at) : null;
    if (close === null) {
      this.giveUp();
      return before;
    }
    this.at = close + 1;
    return this.textStep(from, this.at, before);
  }

  private choice(before: number): number {
    const head = this.head(before);
    const yes = this.inner(head);
    if (this.lost || this.tokens.text(this.at) !== "else") return this.graph.join(yes, head);
    this.at++;
    return this.graph.join(yes, this.inner(head));
  }

  private loop(before: number): number {
    const from = this.at;
    const head = this.head(before);
    const exit = this.graph.join();
    this.graph.link(this.loopBody(head, exit, head), head);
    if (!this.tokens.alwaysTrue(from)) this.graph.link(head, exit);
    return exit;
  }

  private doLoop(before: number): number {
    this.at++;
    const start = this.graph.join(before);
    const again = this.graph.join();
    const exit = this.graph.join();
    this.graph.link(this.loopBody(again, exit, start), again);
    if (this.lost || this.tokens.text(this.at) !== "while") {
      this.giveUp();
      return exit;
    }
    const from = this.at;
    const condition = this.head(again);
    this.expect(";");
    if (!this.tokens.alwaysTrue(from)) this.graph.link(condition, exit);
    if (!this.tokens.alwaysFalse(from)) this.graph.link(condition, start);
    return exit;
  }

  private switch(before: number): number {
    const head = this.head(before);
    const exit = this.graph.join();
    const around = this.around.enter({
      kind: "switch",
      head,
      again: head,
      exit,
      openGuards: this.openGuards,
    });
    // Nothing runs in front of the first label.
    this.graph.link(this.inner(this.graph.join()), exit);
    this.around.leave();
    if (!around.hasDefault) this.graph.link(head, exit);
    return exit;
  }

  /** A macro in front of a statement: a guard, a loop, a condition, who knows. */
  private macro(before: number, body: number): number {
    const guards = this.guards.has(this.tokens.text(this.at));
    const head = this.textStep(this.at, body, before);
    this.at = body;
    const exit = this.graph.join();
    const again = guards ? exit : head;
    this.around.enter({ kind: "macro", head, again, exit, openGuards: this.openGuards });
    if (guards) this.openGuards++;
    const end = this.inner(head);
    if (guards) this.openGuards--;
    this.around.leave();
    if (guards) this.graph.link(this.graph.leaving(end, 1), exit);
    else {
      this.graph.link(end, head);
      this.graph.link(head, exit);
    }
    return exit;
  }

  private loopBody(again: number, exit: number, before: number): number {
    this.around.enter({ kind: "loop", head: before, again, exit, openGuards: this.openGuards });
    const end = this.inner(before);
    this.around.leave();
    return end;
  }

  private caseLabel(before: number): number {
    const around = this.around.switch();
    const colon = this.tokens.colonAfter(this.at);
    if (around === undefined || colon === null) {
      this.giveUp();
      return before;
    }
    if (this.tokens.text(this.at) === "default") around.hasDefault = true;
    this.at = colon + 1;
    return this.graph.join(before, around.head);
  }

  private label(before: number): number {
    const step = this.graph.join(before);
    this.labels.set(this.tokens.text(this.at), { step, openGuards: this.openGuards });
    this.at += 2;
    return step;
  }

  private goto(before: number): number {
    const label = this.tokens.text(this.at + 1);
    const step = this.textStep(this.at, this.at + 2, before);
    this.gotos.push({ step, openGuards: this.openGuards, label, sure: true });
    this.at += 2;
    this.expect(";");
    return this.graph.join();
  }

  /** `break`, `continue`: a macro around may be what they leave, or may not. */
  private jump(before: number): number {
    const breaks = this.tokens.text(this.at) === "break";
    const step = this.textStep(this.at, this.at + 1, before);
    this.at++;
    this.expect(";");
    const targets = this.around.leftBy(breaks);
    if (targets.length === 0) this.giveUp();
    for (const { again, exit, openGuards } of targets)
      this.graph.link(this.graph.leaving(step, this.openGuards - openGuards), breaks ? exit : again);
    return this.graph.join();
  }

  /** A statement that ends with a semicolon; `return` among them. */
  private simple(before: number): number {
    const from = this.at;
    const end = this.tokens.endOfSimple(from);
    if (end === null || jumpsWithin(this.tokens, from, end)) {
      this.giveUp();
      return before;
    }
    this.at = end;
    const step = this.textStep(from, end, before);
    const word = this.tokens.text(from);
    if (this.guards.has(word) && this.tokens.text(from + 1) === "(") this.openGuards++;
    return endsWay(this.tokens, from, end) ? this.graph.join() : step;
  }
}

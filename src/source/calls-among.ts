import type { Tokens } from "./body-tokens.js";
import type { Call } from "./steps.js";

interface CallsOfStep {
  readonly calls: readonly Call[];
  readonly invokes: boolean;
  /** The labels that stand as arguments: a macro that is given one may go there. */
  readonly mentions: readonly string[];
}

/** Whether what comes next is run by everybody who comes here; one for each open bracket. */
interface Level {
  /** What holds anew behind a comma or a semicolon. */
  readonly always: boolean;
  now: boolean;
  /** Behind `?` a comma is no end. */
  chosen: boolean;
}

/** What is called in the tokens of a step, from the index `from` up to `to`. Linear. */
export function callsAmong(tokens: Tokens, from: number, to: number, nesting: number): CallsOfStep {
  const calls: Call[] = [];
  const mentions: string[] = [];
  const levels: Level[] = [levelOf(tokens.text(from) !== "for")];
  let conditions = 0;
  let invokes = false;
  for (let at = from; at < to; at++) {
    const text = tokens.text(at);
    const directive = tokens.directive(at);
    const level = levels.at(-1);
    if (directive === "if") conditions++;
    else if (directive === "endif") conditions--;
    else if (text === "(" && /^[)\]]$/.test(tokens.text(at - 1))) invokes = true;
    else if (tokens.isCall(at)) {
      const always = conditions === 0 && (level?.now ?? false);
      calls.push({ name: text, line: tokens.line(at), nesting, always });
    } else if (tokens.labels.has(text) && isArgument(tokens, at)) mentions.push(text);
    if (/^[([{]$/.test(text)) levels.push(levelOf(text !== "{" && (level?.now ?? false)));
    else if (/^[)\]}]$/.test(text)) levels.pop();
    else if (level !== undefined) follow(level, text);
  }
  return { calls, invokes: invokes || calls.length > 0, mentions };
}

function levelOf(always: boolean): Level {
  return { always, now: always, chosen: false };
}

function follow(level: Level, text: string): void {
  if (text === "&&" || text === "||") level.now = false;
  else if (text === "?") {
    level.now = false;
    level.chosen = true;
  } else if (text === ";" || (text === "," && !level.chosen)) {
    level.now = level.always;
    level.chosen = false;
  }
}

function isArgument(tokens: Tokens, at: number): boolean {
  return /^[(,]$/.test(tokens.text(at - 1)) && /^[),]$/.test(tokens.text(at + 1));
}

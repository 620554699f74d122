import type { Frame, ReadAssertion } from "../model/trace.js";
import { expressionNames, parseAssertionArguments } from "./assertion-line.js";
import type { AssertionNode } from "./nodes.js";
import type { SourceMap } from "./source-map.js";

/** The failed assertion that the frames of one thread show: that of the outermost reporter that shows its condition. */
export function assertionOfFrames(frames: readonly Frame[]): ReadAssertion | null {
  let found: ReadAssertion | null = null;
  for (const frame of frames) {
    const told = parseAssertionArguments(frame.function, frame.arguments);
    if (told === null || (told.expression === null && found !== null)) continue;
    const { file, line, function: name } = told;
    // What gdb left out could turn the condition's meaning round: with the dots nothing reads it as a whole one.
    const expression = told.cut && told.expression !== null ? told.expression + cutMark : told.expression;
    const { span } = frame.arguments.find(({ name: own }) => isExpression(own)) ?? frame;
    found = { expression, file, line, function: name, origin: "frame", span };
  }
  return found;
}

function isExpression(name: string | null): boolean {
  return name !== null && expressionNames.includes(name.replace(/^_+/, ""));
}

/** The failed assertion that a line of its own reports, at `base` in the view. */
export function assertionOfLine(node: AssertionNode, base: number, map: SourceMap): ReadAssertion {
  const { expression, file, line, function: name } = node;
  return {
    expression,
    file,
    line,
    function: name,
    origin: "stderr",
    span: map.span(base + node.start, base + node.end),
  };
}

/**
 * Whether a message and the arguments of frames tell of one failure. gdb cuts long strings, so that the frames may hold
 * only the beginning of a condition; the library that printed the message knows no more than they do.
 */
export function sameFailure(one: ReadAssertion, other: ReadAssertion): boolean {
  if (one.line !== null && other.line !== null && one.line !== other.line) return false;
  if (one.function !== null && other.function !== null && one.function !== other.function) return false;
  if (one.expression === null || other.expression === null)
    return one.function !== null && one.function === other.function;
  const [a, b] = [folded(one.expression), folded(other.expression)];
  return a === b || begins(a, b) || begins(b, a);
}

/** Stands behind an expression of which gdb printed only the beginning (`print elements`, 200 characters by default). */
const cutMark = "...";

function begins(cut: string, whole: string): boolean {
  return cut.endsWith(cutMark) && whole.startsWith(cut.slice(0, -cutMark.length));
}

/** Blanks may have been lost or put in where a line was broken inside a string. */
function folded(expression: string): string {
  return expression.replace(/\s+/g, "");
}

/** One assertion out of two that tell of the same failure: the message's place, and whatever either of them knows. */
export function merged<T extends ReadAssertion>(message: T, frames: ReadAssertion): T {
  return {
    ...message,
    expression: message.expression ?? frames.expression,
    file: message.file ?? frames.file,
    line: message.line ?? frames.line,
    function: message.function ?? frames.function,
    origin: message.origin === frames.origin ? message.origin : "both",
  };
}

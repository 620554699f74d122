import type { Frame } from "../../src/model/trace.js";
import { foreignFrame } from "../../src/parse/neighbours/foreign.js";

const nowhere = { offset: 0, line: 1, column: 1 };

/** A frame of which only that is told which the test is about. */
export function frameOf(name: string | null, more: Partial<Frame> = {}): Frame {
  return foreignFrame({ level: 0, function: name, span: { start: nowhere, end: nowhere }, ...more });
}

/** Frames of one thread, innermost first, numbered from 0. */
export function framesOf(names: readonly (string | null)[]): Frame[] {
  return names.map((name, level) => frameOf(name, { level }));
}

/** An argument or a local with this value. */
export function variableOf(name: string, value: string) {
  return { name, value, span: { start: nowhere, end: nowhere } };
}

import { reader } from "../../generated/rust-panic.js";
import type { PanicNode, RustFrameNode, RustPlaceNode } from "./rust-nodes.js";

const readPanic = reader({ startRule: "Panic" });
const readAssertion = reader({ startRule: "RustAssertion" });
const readFrame = reader({ startRule: "RustFrame" });
const readPlace = reader({ startRule: "RustPlace" });

/** Names of generic functions are long; the bound keeps a hostile text cheap. */
const longest = 16384;
const panicStart = /^[ \t]*thread '/;

/**
 * Reads the line that announces a panic, or the lines of one whose message has several (Rust before 1.73), joined by `\n`.
 * Null for everything else. Offsets are UTF-16 units in `text`. Linear, never throws.
 */
export function parsePanic(text: string): PanicNode | null {
  return text.length <= longest && panicStart.test(text) ? readPanic(text) : null;
}

/** The condition in the first line of a panic's message, where the panic is a failed assertion; else null. Never throws. */
export function parseRustAssertion(message: string): string | null {
  const [line = ""] = message.slice(0, longest).split("\n", 1);
  return readAssertion(line)?.expression ?? null;
}

/** Reads a line below `stack backtrace:` as a frame; null for everything else. Never throws. */
export function parseRustFrame(line: string): RustFrameNode | null {
  return line.length <= longest ? readFrame(line) : null;
}

/** Reads a line below a frame as its place; null for everything else. Never throws. */
export function parseRustPlace(line: string): RustPlaceNode | null {
  return line.length <= longest && /^[ \t]*at /.test(line) ? readPlace(line) : null;
}

import { reader } from "../generated/death.js";
import type { DeathKind, DeathNode } from "./death-nodes.js";
import { parsePanic, parseRustAssertion } from "./neighbours/rust-line.js";

const readDeath = reader({ startRule: "Death" });

/** Words without which no line, and no text, holds such a message. Every alternative begins with characters that are rare. */
const deathWords =
  /\(\): (?:inv|mis|uns|sma|lar|cor|mem|una|dou|too)|double free or|corrupted (?:size vs|double-)|_get_size: mem|fastbin entry|\*{3}: |\*{3} (?:%n|invalid %)|Fatal (?:glibc|error: glibc)|futex facility|netlink desc|exception not re|must be installed for (?:pthread|unwinding)|terminate called|virtual method called|libc\+\+abi|GLib \(gthread|(?:ERROR|CRITICAL|WARNING) (?:\(recursed\) )?\*\*: |overflowed its stack|fatal runtime error: |memory allocation of \d|thread (?:panicked|caused) |panicked at |Co-routine /;

/** Nobody says more on one line; the bound keeps a hostile one cheap. */
const longest = 4096;

/** What the journal puts in front (`app[4711]: `), and libvirt in front of what QEMU said last. */
const lead = /^(?:[\w./+-]{1,64}\[\d{1,10}\]: |[^"`]{0,512}unexpectedly closed the monitor: )/;

/** Whether a text may hold the message of a death at all; cheap. Never throws. */
export function mayTellOfDeath(text: string): boolean {
  return deathWords.test(text);
}

/**
 * Reads one line as the message with which a C library, GLib, C++, Rust or QEMU ends a process; that of a failed assertion is
 * none (assertion-line.ts). The message must be the whole line but for blanks, or stand behind what the journal or libvirt
 * puts in front; anything less is somebody's mention of one, and null. Of `CRITICAL` and `WARNING` (`glib-log`) the program
 * may go on. Offsets are UTF-16 units in `line`. Linear, never throws.
 */
export function parseDeathLine(line: string): DeathNode | null {
  if (line.length > longest || !mayTellOfDeath(line)) return null;
  const whole = readDeath(line) ?? panicIn(line);
  if (whole !== null) return whole;
  const start = lead.exec(line)?.[0].length ?? 0;
  const node = start === 0 ? null : readDeath(line.slice(start));
  return node === null ? null : { ...node, start: node.start + start, end: node.end + start };
}

/** A panic that is no failed assertion; what it says may stand on the line below. */
function panicIn(line: string): DeathNode | null {
  const panic = parsePanic(line);
  if (panic === null || (panic.message !== null && parseRustAssertion(panic.message) !== null)) return null;
  return { kind: "rust-panic", start: panic.start, end: panic.end };
}

/** Where the rest of a message stands: `  what():  no such node` below the name of an exception, what a panic says below its place. */
const exceptionText = /^[ \t]*what\(\): /;
const panicPlace = /:\d{1,9}(?::\d{1,9})?:$/;

/**
 * Whether the line below belongs to a message; null where it shows that this is none (the panic is a failed assertion).
 * Never throws.
 */
export function goesOnBelow(kind: DeathKind, message: string, below: string): boolean | null {
  if (kind === "terminate") return message.endsWith("'") && exceptionText.test(below);
  if (kind !== "rust-panic" || !panicPlace.test(message)) return false;
  return parseRustAssertion(below) === null ? below.trim() !== "" : null;
}

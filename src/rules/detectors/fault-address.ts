import type { Evidence } from "../../model/report.js";
import type { ReadThread, ReadTrace, Variable } from "../../model/trace.js";
import type { Span } from "../../text/span.js";
import { type Place, wordsEvidence } from "../evidence.js";
import type { DetectorScene } from "./detector.js";
import { addressIn, hexadecimal } from "./pointer.js";

/** An address that the trace tells of the moment of a fault. */
export interface ToldAddress {
  readonly address: bigint;
  readonly evidence: Evidence;
  /** False for a 0 that may stand for an address which the processor does not name (x86 does so for impossible ones). */
  readonly exact: boolean;
}

/** What the trace tells of the access that a thread died of, beside its frames. */
export interface Fault {
  /** Where the access went; null where nothing tells. */
  readonly address: ToldAddress | null;
  /** The stack pointer. */
  readonly stack: ToldAddress | null;
  /** No access, but somebody who sent the signal. */
  readonly sent: boolean;
  /** The processor refused the address, or its alignment, and named none: it was not a null pointer that was followed. */
  readonly refused: boolean;
}

/** `si_code` of the kernel for a fault without an address; those of 0 and below are of signals that a program sent (sigaction(2)). */
const withoutAddress = 128;

/**
 * Reads what debuggers and sanitizers tell of a fault: a printed `$_siginfo` and `$sp`, lldb's stop reason
 * (`EXC_BAD_ACCESS (code=1, address=0x0)`), a sanitizer's first line (`SEGV on unknown address 0x000000000008 (pc … sp …)`).
 * Never throws.
 */
export function faultOf({ trace, index, excerpt }: DetectorScene, thread: ReadThread): Fault {
  const place: Place = { trace: index, thread: thread.index, excerpt };
  const code = signalCode(trace.prints);
  return {
    address:
      code === withoutAddress
        ? null
        : (printedFault(trace, code, place) ?? headedFault(trace, thread, place)),
    stack: printedStack(trace, place) ?? headedStack(trace, thread, place),
    sent: code !== null && code <= 0,
    refused: code === withoutAddress,
  };
}

function signalCode(prints: readonly Variable[]): number | null {
  for (const { name, value } of prints.toReversed()) {
    const code = /\bsi_code$/.test(name) ? value : memberIn(name, value, /\bsi_code = (-?\d{1,9})\b/);
    if (code !== null && /^-?\d{1,9}$/.test(code)) return Number(code);
  }
  return null;
}

/** `p $_siginfo._sifields._sigfault.si_addr`, `p $_siginfo._sifields._sigfault`, `p $_siginfo`. */
function printedFault({ prints }: ReadTrace, code: number | null, place: Place): ToldAddress | null {
  for (const { name, value, span } of prints.toReversed()) {
    const member = memberIn(name, value, /\bsi_addr = (0x[0-9a-f]{1,16})\b/);
    const address = addressIn(/\bsi_addr$/.test(name) ? value : (member ?? ""));
    if (address !== null) return told(address, span, address !== 0n || (code ?? 0) > 0, place);
  }
  return null;
}

function memberIn(name: string, value: string, member: RegExp): string | null {
  return name.startsWith("$_siginfo") ? (member.exec(value)?.[1] ?? null) : null;
}

/** What stands above the frames of a thread. */
function headedFault(trace: ReadTrace, thread: ReadThread, place: Place): ToldAddress | null {
  const { dialect, signal } = trace;
  const words = dialect === "sanitizer" ? (thread.name ?? "") : (signal?.description ?? "");
  const address = addressIn(/\baddress(?:[:=] ?| )(0x[0-9a-f]{1,16})\b/.exec(words)?.[1] ?? "");
  if (address === null) return null;
  const exact = address !== 0n || (dialect !== "sanitizer" && signal?.name === "EXC_BAD_ACCESS");
  return told(address, headingOf(thread), exact, place);
}

function told(address: bigint, span: Span, exact: boolean, place: Place): ToldAddress {
  const message = `the access went to ${hexadecimal(address)}`;
  return { address, evidence: wordsEvidence("value", message, span, place), exact };
}

function printedStack({ prints }: ReadTrace, place: Place): ToldAddress | null {
  const print = prints.findLast(({ name }) => /^\$[er]?sp$/.test(name));
  const address = addressIn(print?.value ?? "");
  return print === undefined || address === null ? null : stackAt(address, print.span, place);
}

function headedStack({ dialect }: ReadTrace, thread: ReadThread, place: Place): ToldAddress | null {
  const words = dialect === "sanitizer" ? (thread.name ?? "") : "";
  const address = addressIn(/ sp (0x[0-9a-f]{1,16})\b/.exec(words)?.[1] ?? "");
  return address === null ? null : stackAt(address, headingOf(thread), place);
}

function stackAt(address: bigint, span: Span, place: Place): ToldAddress {
  const message = `the stack pointer was ${hexadecimal(address)}`;
  return { address, evidence: wordsEvidence("value", message, span, place), exact: true };
}

/** The words of a thread before its first frame. */
export function headingOf({ span, frames: [first] }: ReadThread): Span {
  const { start } = span;
  return first !== undefined && first.span.start.offset > start.offset
    ? { start, end: first.span.start }
    : span;
}

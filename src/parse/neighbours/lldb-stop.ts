import type { Signal } from "../../model/trace.js";
import { signalName } from "../../text/signals.js";

/** Why a thread is stopped, where that is the end of the program. */
export interface Death {
  /** Null where lldb cannot say which. */
  readonly signal: Signal | null;
}

const signal = /^signal (SIG[A-Z0-9]+|\d+)(?:: (.+))?$/;
/** `EXC_BAD_ACCESS (code=1, address=0x0)` of Apple's kernel; `ESR_EC_DABORT_EL0 (fault address: 0x0)` in its cores. */
const machException = /^(E(?:XC|SR)_[A-Z0-9_]+)(?: \((.+)\))?/;
const windowsException = /^(Exception 0x[0-9a-f]+) encountered at address 0x[0-9a-f]+(?:: (.+))?/;

/** What lldb before 3.9 printed in the place of `signal SIGSEGV: …`, and without a code of the kernel. */
const reasons: readonly (readonly [RegExp, Signal["name"]])[] = [
  [/^(?:invalid address|address access protected|(?:lower |upper )?bound violation)\b/, "SIGSEGV"],
  [/^(?:illegal (?:instruction|addressing mode|trap)|privileged (?:instruction|register))\b/, "SIGILL"],
  [/^(?:illegal (?:alignment|address)|hardware error)\b/, "SIGBUS"],
  [/^(?:integer|floating point) (?:divide by zero|overflow|underflow)\b/, "SIGFPE"],
  // The frame recognizer of assertions, which then selects the frame that asserted.
  [/^hit program assert$/, "SIGABRT"],
];
/** lldb's word for a fault whose code it does not know, and Swift's runtime. */
const unnamed = /^(?:unknown crash reason$|Fatal error: )/;

/**
 * Reads a `stop reason` of lldb (the texts are those of its sources and of lldb 14 on Linux). Null for a breakpoint, a step
 * and the like, and for SIGSTOP: lldb shows that for every thread of a process it attached to, and of a core. Never throws.
 */
export function deathOf(reason: string): Death | null {
  const [, name = "", description] = signal.exec(reason) ?? [];
  if (name !== "") return name === "SIGSTOP" ? null : died(signalName(name) ?? name, description);
  const [, exception, details] = machException.exec(reason) ?? windowsException.exec(reason) ?? [];
  if (exception !== undefined) return died(exception, details);
  const known = reasons.find(([pattern]) => pattern.test(reason));
  if (known !== undefined) return died(known[1], reason);
  return unnamed.test(reason) ? { signal: null } : null;
}

function died(name: string, description: string | undefined): Death {
  return { signal: { name, description: description ?? null } };
}

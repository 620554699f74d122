import type { Evidence } from "../../model/report.js";
import type { Frame, ReadThread } from "../../model/trace.js";
import { canonicalName } from "../../text/names.js";
import type { Crash } from "../crash.js";
import { DyingStack } from "../dying-stack.js";
import { frameEvidence, type Place, wordsEvidence } from "../evidence.js";
import { abort } from "../runtime-roles.js";
import type { DetectorScene } from "./detector.js";
import { type Fault, faultOf, headingOf } from "./fault-address.js";

/** A crash that a full stack may be the reason of. */
export interface StackCrash {
  readonly crash: Crash;
  readonly thread: ReadThread;
  /** The index of the frame in which it happened. */
  readonly origin: number;
  readonly fault: Fault;
  /** What says that the stack was full, in words: of a sanitizer, of a language's runtime. */
  readonly said: readonly Evidence[];
  /** That the access went to where the stack pointer was. */
  readonly near: readonly Evidence[];
  /** That the innermost frame has arguments where no memory is. */
  readonly unreadable: readonly Evidence[];
  readonly place: Place;
}

/** What the kernel sends where the page behind a stack's end is touched; Apple's has its own name for it. */
const stackSignals: readonly string[] = ["SIGSEGV", "SIGBUS", "EXC_BAD_ACCESS"];

/** AddressSanitizer: `stack-overflow on address 0x7ffe08f7aff8 (pc … bp … sp … T0)`. */
const sanitizerWords = /^stack-overflow on address /;
/** Rust (library/std/src/sys/pal/unix/stack_overflow.rs): `thread 'main' has overflowed its stack`. */
const programWords = /\bhas overflowed its stack\b|^fatal runtime error: stack overflow\b/;
/** Its handler ends the process where the fault was in a guard page, and returns where it was elsewhere. */
const rustHandler = /(?:^|::)stack_overflow::(?:\w+::)*signal_handler$/;

/** The crashes of a trace that a full stack may be the reason of. Never throws. */
export function stackCrashes(scene: DetectorScene): StackCrash[] {
  return scene.crashes.flatMap((crash) => {
    const thread = scene.trace.threads[crash.thread];
    const found = thread === undefined ? null : crashIn(scene, crash, thread);
    return found ?? [];
  });
}

function crashIn(scene: DetectorScene, crash: Crash, thread: ReadThread): StackCrash | null {
  const { frames } = thread;
  const place: Place = { trace: scene.index, thread: thread.index, excerpt: scene.excerpt };
  const faulted = crash.kind === "signal" && stackSignals.includes(crash.signal?.name ?? "");
  const words = wordsOf(scene, thread, place);
  if (!faulted && words.length === 0 && !frames.some(isRustHandler)) return null;
  const stack = new DyingStack(
    frames,
    frames.map((frame) => scene.rolesOf(frame)),
  );
  const fault = faultOf(scene, thread);
  const said = [...words, ...handlerOf(stack, place)];
  if (fault.sent || (!faulted && said.length === 0)) return null;
  return {
    crash,
    thread,
    origin: stack.origin,
    fault,
    said,
    near: nearStack(fault),
    unreadable: unreadableIn(stack, place),
    place,
  };
}

function wordsOf({ trace }: DetectorScene, thread: ReadThread, place: Place): Evidence[] {
  const reported = trace.dialect === "sanitizer" && sanitizerWords.test(thread.name ?? "");
  const messages = thread.crashed || trace.threads.length === 1 ? trace.messages : [];
  return [
    ...(reported
      ? [wordsEvidence("value", "the sanitizer reported a stack overflow", headingOf(thread), place)]
      : []),
    ...messages
      .filter(({ text }) => programWords.test(text))
      .map(({ text, span }) => wordsEvidence("value", `the program said "${text}"`, span, place)),
  ];
}

function handlerOf(stack: DyingStack, place: Place): Evidence[] {
  if (!stack.shows(abort)) return [];
  return stack.frames
    .slice(0, stack.origin)
    .filter(isRustHandler)
    .map((frame) => frameEvidence(frame, "for", "Rust's handler found the fault in a guard page", place));
}

function isRustHandler({ function: name }: Frame): boolean {
  return name?.includes("stack_overflow::") === true && rustHandler.test(canonicalName(name));
}

/** What gdb prints of an argument that the function was to keep on its stack: that is not there. */
const unreadable = /^<error reading variable[^<>]{0,200}Cannot access memory at address 0x/;

function unreadableIn({ frames, origin }: DyingStack, place: Place): Evidence[] {
  return (frames[origin]?.arguments ?? [])
    .filter(({ value }) => value !== null && unreadable.test(value))
    .slice(0, 1)
    .map(({ name, span }) => {
      const evidence = wordsEvidence(
        "value",
        `the place of ${name ?? "an argument"} on the stack cannot be read`,
        span,
        place,
      );
      return { ...evidence, level: frames[origin]?.level ?? null };
    });
}

/** A push or a call writes just below the stack pointer, a function with large arrays far above where it moved it to. */
const reach = { below: 0x1_0000n, above: 0x100n, array: 0x10_0000n } as const;
const page = 0x1000n;
/** A loop that runs past the other end of a stack faults at the first bytes of a page. */
const firstBytes = 0x40n;

function nearStack({ address, stack }: Fault): Evidence[] {
  if (address === null || stack === null) return [];
  const distance = address.address - stack.address;
  const inArray = distance < reach.array && address.address % page >= firstBytes;
  const near = distance >= -reach.below && (distance < reach.above || inArray);
  return near ? [address.evidence, stack.evidence] : [];
}

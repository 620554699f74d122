import { z } from "zod";
import { spanSchema } from "./span.js";

/** The tool whose output a trace is; each has its own reader. */
export const dialects = [
  "gdb",
  "gdb-mi",
  "systemd-coredump",
  "elfutils",
  "sanitizer",
  "lldb",
  "glibc",
  "rust-panic",
] as const;

export const argumentSchema = z.strictObject({
  /** Null for an item without a name, such as the `...` of `frame-arguments presence`. */
  name: z.string().nullable(),
  /** As gdb printed it, on one line; null where only the entry value is known. */
  value: z.string().nullable(),
  /** What `name@entry=` gave. */
  entryValue: z.string().nullable(),
  span: spanSchema,
});

/** A local of `bt full`, or an expression printed with `print`. */
export const variableSchema = z.strictObject({
  name: z.string(),
  value: z.string(),
  span: spanSchema,
});

/** What a program said when it died, other than of a failed assertion: `free(): invalid pointer`. */
export const messageSchema = z.strictObject({ text: z.string(), span: spanSchema });

export const locationSchema = z.strictObject({ file: z.string(), line: z.int().nonnegative().nullable() });

export const frameKinds = ["normal", "signal-handler", "inferior-call", "arch-call"] as const;

export const frameSchema = z.strictObject({
  level: z.int().nonnegative(),
  address: z.string().nullable(),
  function: z.string().nullable(),
  kind: z.enum(frameKinds),
  /** Whether this frame was inlined into its caller; null where the text does not tell. */
  inlined: z.boolean().nullable(),
  arguments: z.array(argumentSchema),
  location: locationSchema.nullable(),
  library: z.string().nullable(),
  libraryOffset: z.string().nullable(),
  locals: z.array(variableSchema).nullable(),
  span: spanSchema,
});

export const factSources = ["assertion", "printed", "locals"] as const;

/** One clause that is proved: its terms are joined by `||`. */
export const factSchema = z.strictObject({
  expression: z.string(),
  terms: z.array(z.string()),
  source: z.enum(factSources),
  /** One term is left. */
  settled: z.boolean(),
});

export const valueSources = ["argument", "entry", "local", "printed"] as const;

/** A value that the trace gives to something in a condition. */
export const knownValueSchema = z.strictObject({
  /** A variable, or an expression that was printed. */
  name: z.string(),
  /** As gdb printed it, on one line. */
  value: z.string(),
  /** `entry`: what an argument was when its function was called; what it is at the failure is not shown. */
  source: z.enum(valueSources),
  /** The frame that shows it; null for a printed one. */
  level: z.int().nonnegative().nullable(),
  span: spanSchema,
});

/** A failed condition beside the values that the trace shows. */
export const explanationSchema = z.strictObject({
  condition: z.string(),
  /** The condition with values in place of what they are known of. */
  withValues: z.string(),
  /** The values that stand in it, in the order of the condition. */
  values: z.array(knownValueSchema),
  /** The innermost part that is false with these values and makes the whole false; null where they do not tell. */
  falsePart: z.string().nullable(),
  /** With these values the condition holds, and yet it failed: they are not those of the failure. */
  contradicted: z.boolean(),
  /** Parts of the condition whose value the trace does not show. */
  unknown: z.array(z.string()),
});

export const assertionOrigins = ["frame", "stderr", "both"] as const;

export const assertionSchema = z.strictObject({
  expression: z.string().nullable(),
  file: z.string().nullable(),
  line: z.int().nonnegative().nullable(),
  function: z.string().nullable(),
  origin: z.enum(assertionOrigins),
  facts: z.array(factSchema),
  /** Null where the condition cannot be read, or the trace shows no value of it. */
  explanation: explanationSchema.nullable(),
  span: spanSchema,
});

export const threadEndSchema = z.strictObject({
  reason: z.enum(["more-frames", "stopped", "cut"]),
  message: z.string(),
});

/** What the rules say of one frame. */
export const frameClassSchema = z.strictObject({
  level: z.int().nonnegative(),
  roles: z.array(z.string()),
  states: z.record(z.string(), z.string()),
  verdict: z.string().nullable(),
});

/** What a thread is or does, as far as its frames or the session tell. */
export const contextSchema = z.strictObject({
  /** The role or the fact of a pack. */
  name: z.string(),
  title: z.string(),
  /** The outermost frame that tells it; null where the session does. */
  level: z.int().nonnegative().nullable(),
});

/** A stack that QEMU's `qemu bt` prints behind another: that of the coroutine which entered it. */
export const coroutineSchema = z.strictObject({
  address: z.string(),
  /** The index of the stack that this one called, by entering its coroutine; null where the text shows none. */
  entered: z.int().nonnegative().nullable(),
});

export const threadSchema = z.strictObject({
  index: z.int().nonnegative(),
  number: z.string().nullable(),
  target: z.string().nullable(),
  lwp: z.int().nonnegative().nullable(),
  name: z.string().nullable(),
  crashed: z.boolean(),
  /** Null for an ordinary thread. */
  coroutine: coroutineSchema.nullable(),
  /** In gdb's order: innermost first. */
  frames: z.array(frameSchema),
  end: threadEndSchema.nullable(),
  classification: z.array(frameClassSchema),
  /** Outermost first. */
  contexts: z.array(contextSchema),
  span: spanSchema,
});

export const signalSchema = z.strictObject({ name: z.string(), description: z.string().nullable() });

/** What the session told of the process whose stack is shown. */
export const processSchema = z.strictObject({
  /** A core numbers the thread that got the signal first, a running process the one that began it; null where nothing tells. */
  kind: z.enum(["core", "running"]).nullable(),
  /** How many threads gdb met (`[New LWP 15251]`), and the one with the lowest number; null where it names none. */
  threads: z.int().nonnegative(),
  lowest: z.strictObject({ lwp: z.int().nonnegative(), span: spanSchema }).nullable(),
});

export const crashFrameSchema = z.strictObject({
  thread: z.int().nonnegative(),
  level: z.int().nonnegative(),
  function: z.string().nullable(),
});

/** How much can be told from a trace, from everything to nothing. */
export const qualityRatings = ["full", "usable", "poor", "useless"] as const;

export const qualitySchema = z.strictObject({
  rating: z.enum(qualityRatings),
  /** What keeps it from being better; empty for a full one. */
  reasons: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

export const traceSchema = z.strictObject({
  dialect: z.enum(dialects),
  /** What was typed to get it, as the session shows it. */
  command: z.string().nullable(),
  program: z.string().nullable(),
  process: processSchema,
  signal: signalSchema.nullable(),
  assertion: assertionSchema.nullable(),
  threads: z.array(threadSchema),
  /**
   * The threads by their stacks: indices of those whose frames agree in everything but addresses and values. First the stack of
   * the thread that crashed or of which a finding speaks, then those of threads that a finding names, then those of most threads.
   */
  stacks: z.array(z.array(z.int().nonnegative()).min(1)),
  /** What `print` showed in the session around this trace: the expression that was typed and its value. */
  prints: z.array(variableSchema),
  /** What the program said of this death, in the order of the text. */
  messages: z.array(messageSchema),
  fingerprint: z.string(),
  crashFrame: crashFrameSchema.nullable(),
  quality: qualitySchema,
  span: spanSchema,
});

export type Argument = z.infer<typeof argumentSchema>;
export type Variable = z.infer<typeof variableSchema>;
export type Message = z.infer<typeof messageSchema>;
export type FrameKind = (typeof frameKinds)[number];
export type Frame = z.infer<typeof frameSchema>;
export type Fact = z.infer<typeof factSchema>;
export type KnownValue = z.infer<typeof knownValueSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
export type Assertion = z.infer<typeof assertionSchema>;
export type ThreadEnd = z.infer<typeof threadEndSchema>;
export type Context = z.infer<typeof contextSchema>;
export type FrameClass = z.infer<typeof frameClassSchema>;
export type Thread = z.infer<typeof threadSchema>;
export type Signal = z.infer<typeof signalSchema>;
export type Process = z.infer<typeof processSchema>;
export type Quality = z.infer<typeof qualitySchema>;
export type Trace = z.infer<typeof traceSchema>;

/** A thread, a trace, an assertion as they were read, before the rules had their say. */
export type ReadThread = Omit<Thread, "classification" | "contexts">;
export type ReadAssertion = Omit<Assertion, "facts" | "explanation">;
export type ReadTrace = Omit<
  Trace,
  "threads" | "stacks" | "assertion" | "fingerprint" | "crashFrame" | "quality"
> & {
  readonly threads: readonly ReadThread[];
  readonly assertion: ReadAssertion | null;
};

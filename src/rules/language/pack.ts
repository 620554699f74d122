import { z } from "zod";
import type { PackInfo } from "../../model/report.js";
import { confidences, severities } from "../../model/scales.js";
import { conditionSchema, name, oneOrMore, patterns, text } from "./when.js";

/**
 * The language of rule packs. A pack is data: it names functions (roles), says what the failure proves (facts), what
 * may be open or closed at a frame (states), how a frame is judged (verdicts) and what is reported (rules). It never
 * computes. Field names here are the ones that stand in the YAML.
 */

const functionNames = z.array(z.string().regex(/^[A-Za-z_]\w*$/, "not the name of a function")).min(1);

/** Calls that open something and close it again, by the names that stand in the source. */
export const betweenSchema = z
  .strictObject({
    begin: functionNames.optional(),
    end: functionNames.optional(),
    /** Macros that open it up to the end of the scope that they stand in, or of the statement behind them. */
    guards: functionNames.optional(),
  })
  .refine(
    ({ begin, end, guards }) =>
      (begin === undefined) === (end === undefined) && (begin ?? guards) !== undefined,
    "give begin and end, or guards, or all of them",
  );

export const roleSchema = z
  .strictObject({
    title: text,
    /** Patterns over the function's name without clone suffixes; a frame has the role where each kind that is given matches. */
    functions: patterns.optional(),
    /** Patterns over the end of the file's path. */
    files: patterns.optional(),
    libraries: patterns.optional(),
    /** Names of locals or arguments: a frame has the role where one of them is printed with a value that is not null. */
    variables: patterns.optional(),
    kinds: z
      .array(z.enum(["signal-handler", "inferior-call", "arch-call"]))
      .min(1)
      .optional(),
    /** The calls between which the frame's line lies in its function, where a source tree shows it. */
    between: betweenSchema.optional(),
    /** The role also belongs to every frame that has one of these. */
    includes: z.array(name).min(1).optional(),
  })
  .refine(
    (role) => Object.keys(role).length > 1,
    "the role matches nothing: give functions, files, libraries, variables, kinds, between or includes",
  );

/** What can prove a fact. */
const sources = [
  "conditions",
  "terms",
  "messages",
  "detected",
  "thread-names",
  "aborting-in",
  "shown-by",
] as const;

/** Something that a failure, a printed value or the shape of a stack can prove for the moment of the crash. */
export const factSchema = z
  .strictObject({
    title: text,
    /** C conditions, each of which proves the fact; compared in canonical form. */
    conditions: z.array(text).min(1).optional(),
    /** Patterns over canonical terms, for names that stand behind others: `*->start_pack_mr_change != 0`. */
    terms: patterns.optional(),
    /** Patterns over what the program said when it died: a line of its output, a text that the frames of its death were given. */
    messages: patterns.optional(),
    /** Patterns over the name of the thread, as gdb shows it (`CPU 0/KVM`): whoever sets names may set any, so that it is likely and no more. */
    "thread-names": patterns.optional(),
    /** The detector that finds it (src/rules/detectors/). */
    detected: name.optional(),
    /** A failed condition proves it only where the function that failed has this role. */
    "failing-in": oneOrMore.optional(),
    /** A failed condition proves it only where it proves nothing else: the check asked for this alone. */
    alone: z.boolean().optional(),
    /** The stack itself shows it: a frame that meets this condition, which asks for roles alone. */
    "shown-by": conditionSchema.optional(),
    /**
     * A check whose text is missing: a frame with this role from which only the machinery of an abort or of a failed
     * assertion without a readable condition was called.
     */
    "aborting-in": oneOrMore.optional(),
    /** States that show, from frames alone, that the fact is false: a term that needs it is struck from its clause. */
    "refuted-by": z.record(name, oneOrMore).optional(),
  })
  .refine(
    (fact) => sources.some((source) => fact[source] !== undefined),
    `nothing proves the fact: give one of ${sources.join(", ")}`,
  );

export const clauseSchema = z.strictObject({
  is: name,
  /** Left out: applies always (the last clause). */
  when: conditionSchema.optional(),
  because: text.optional(),
  confidence: z.enum(confidences).optional(),
});

export const stateSchema = z.strictObject({
  title: text,
  /** Every value, and how a message speaks of it. */
  values: z.record(name, text),
  /** For each frame the first clause that applies decides. */
  decide: z.array(clauseSchema).min(1),
});

export const verdictSchema = z.strictObject({
  /** What the first line of the output says of the frame: `reads a flatview in the commit phase`. */
  says: text,
  when: conditionSchema,
});

/** A sentence that is said where its condition holds, or always. */
export const remarkSchema = z.strictObject({ when: conditionSchema.optional(), text });

export const settlingSchema = z.strictObject({
  command: text,
  tells: text,
  unless: conditionSchema.optional(),
});

/** A frame that holds a state or may hold it. */
export const holderSchema = z.strictObject({
  /** On the finding's own thread, on another, or in a coroutine that waits. The outermost frame that meets the condition counts. */
  in: z.enum(["own-thread", "other-threads", "coroutines"]),
  when: conditionSchema,
  /** It is known to hold it; otherwise it is a candidate. */
  known: z.boolean().optional(),
  message: text,
});

/** A place where a fix can go. */
export const cutSchema = z.strictObject({
  /** `defer`, `commit-first`: the word for this kind of fix. */
  kind: name,
  /** The frame to change; left out where it is none of the stack's. */
  at: z.enum(["blame", "site", "holder"]).optional(),
  text,
  /** What speaks for it and against it, where the condition holds at the innermost frame of the finding. */
  for: z.array(remarkSchema).min(1).optional(),
  against: z.array(remarkSchema).min(1).optional(),
});

const example = z.strictObject({ title: text, input: text });

export const ruleSchema = z.strictObject({
  title: text,
  severity: z.enum(severities),
  /** Another severity where the condition holds at the innermost frame of the finding; the first that holds counts. */
  grade: z
    .array(z.strictObject({ when: conditionSchema, severity: z.enum(severities) }))
    .min(1)
    .optional(),
  /** What makes the rule speak: frames with a verdict, frames that meet a condition, a proved fact, a crash of a kind, or what a detector found. */
  on: z.union([
    z.strictObject({ verdict: name }),
    z.strictObject({ frames: conditionSchema }),
    z.strictObject({ fact: oneOrMore }),
    z.strictObject({ crash: z.enum(["assertion", "signal", "abort", "report"]) }),
    z.strictObject({ detected: name }),
  ]),
  /** The verdict of the finding, where no frame has one. */
  verdict: name.optional(),
  /** Says nothing about a crash on which a rule before it (in this pack or one before) has spoken. */
  yields: z.boolean().optional(),
  /** False where the path's own frames did nothing wrong: nobody is blamed. `crash`: the function that crashed did it itself. */
  blames: z.union([z.boolean(), z.literal("crash")]).optional(),
  /** The most that the rule claims, whatever its evidence. */
  confidence: z.enum(confidences).optional(),
  /** May hold {placeholders}; see {@link placeholders}. */
  message: text,
  /** Sentences that are added to the message where their condition holds at the innermost frame of the finding. */
  remarks: z.array(remarkSchema).min(1).optional(),
  /** Who may hold the state, the likeliest first. */
  holders: z.array(holderSchema).min(1).optional(),
  /** What speaks against it, where the condition holds at the innermost frame of the finding: then it is only possible. */
  doubts: z
    .array(z.strictObject({ when: conditionSchema, text }))
    .min(1)
    .optional(),
  /** Evidence that is missing: said where no frame of the thread meets the condition. */
  absent: z
    .array(z.strictObject({ no: conditionSchema, message: text }))
    .min(1)
    .optional(),
  settle: z.array(settlingSchema).min(1).optional(),
  advice: z.array(text).min(1).optional(),
  /** Where a fix can go, the best first where nothing speaks for another. */
  cuts: z.array(cutSchema).min(1).optional(),
  why: text,
  exceptions: z.array(text).min(1).optional(),
  help: z.url().optional(),
  examples: z.strictObject({ match: z.array(example).min(1), differ: z.array(example).min(1) }),
});

/** How a call path of this domain is cut out of a stack. */
export const pathSchema = z.strictObject({
  /** The domain's own functions: the innermost frame that is none of them is the site. */
  core: oneOrMore,
  /** Frames that are shown and never blamed. */
  generic: oneOrMore,
  /** Frames that are left out. */
  hidden: oneOrMore.optional(),
  /** A path does not reach out beyond such a frame, unless its holder does. */
  boundary: oneOrMore.optional(),
});

export const packSchema = z.strictObject({
  pack: name,
  /** Raised when a change makes stored results mean something else. */
  version: z.int().positive(),
  title: text,
  /** What stands before `/RULE` in a rule's id; the pack's name where it is left out. */
  prefix: name.optional(),
  types: z.strictObject({ unsigned: z.array(text).min(1) }).optional(),
  roles: z.record(name, roleSchema),
  /** Frames outside one with this role are stack contents, not callers. */
  bottom: oneOrMore.optional(),
  facts: z.record(name, factSchema).optional(),
  states: z.record(name, stateSchema).optional(),
  /** What a thread is and does: roles and facts whose titles say it (`a vCPU thread`). */
  contexts: z.array(name).min(1).optional(),
  verdicts: z.record(name, verdictSchema).optional(),
  path: pathSchema.optional(),
  rules: z.record(name, ruleSchema),
});

/** What a rule's message may name, each filled from the finding. States are named by their own name. */
export const placeholders = [
  "site",
  "blame",
  "touch",
  "crash",
  "holder",
  "candidate",
  "context",
  "expression",
  "signal",
  "thread",
] as const;

export type Role = z.infer<typeof roleSchema>;
export type Clause = z.infer<typeof clauseSchema>;
export type PackPath = z.infer<typeof pathSchema>;
export type Remark = z.infer<typeof remarkSchema>;
export type Rule = z.infer<typeof ruleSchema>;
/** A pack as its author wrote it, found to be without fault by the loader (src/rules/language/load.ts). */
export type Pack = z.infer<typeof packSchema> & {
  /** The packs that it took over with `extends`, the nearest first. */
  readonly from?: readonly PackInfo[];
};

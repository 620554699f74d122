import { z } from "zod";
import { confidences, evidenceKinds, evidenceWeights, severities } from "./scales.js";
import { spanSchema } from "./span.js";
import { assertionSchema, messageSchema, traceSchema } from "./trace.js";

const index = z.int().nonnegative();

export const sourceSchema = z.strictObject({
  /** Null for standard input. */
  path: z.string().nullable(),
  member: z.string().nullable(),
  messageId: z.string().nullable(),
});

export const pathStepSchema = z.strictObject({
  /** The levels of equal neighbours that were folded, outermost first. */
  levels: z.array(index).min(1),
  function: z.string().nullable(),
  role: z.string().nullable(),
  note: z.string().nullable(),
});

export const evidenceSchema = z.strictObject({
  kind: z.enum(evidenceKinds),
  weight: z.enum(evidenceWeights),
  message: z.string(),
  trace: index.nullable(),
  thread: index.nullable(),
  level: index.nullable(),
  /** The words of the input; null for an absence. */
  text: z.string().nullable(),
  /** For an absence: what was searched. */
  span: spanSchema,
});

export const frameReferenceSchema = z.strictObject({ level: index, function: z.string().nullable() });

export const holderSchema = z.strictObject({
  trace: index,
  thread: index,
  level: index,
  function: z.string().nullable(),
});

/** A frame that holds the state of a finding, or may hold it. */
export const candidateSchema = holderSchema.extend({
  /** It is known to hold it. */
  known: z.boolean(),
  evidence: evidenceSchema,
});

/** Where a fix can go, and what speaks for it and against it. */
export const cutSchema = z.strictObject({
  kind: z.string(),
  /** The frame to change; null where it is not on the stack. */
  at: frameReferenceSchema.nullable(),
  text: z.string(),
  for: z.array(z.string()),
  against: z.array(z.string()),
  /** The levels of the judged frames that a fix there would cover. */
  covers: z.array(index),
});

/** A command that would settle what is still open, where to type it, and what its answer tells. */
export const settlingSchema = z.strictObject({
  command: z.string(),
  where: z.enum(["gdb", "shell"]),
  tells: z.string(),
});

/** Why a finding does not count, by the user's own configuration, and the last day on which that holds. */
export const suppressionSchema = z.strictObject({
  reason: z.string(),
  until: z.string().regex(/^\d{4}-\d\d-\d\d$/),
});

/** A step of the reasoning that led to a finding. */
export const reasonSchema = z.strictObject({
  /** 0 for what the rule asks for; what a step rests on follows it, one deeper. */
  depth: index,
  claim: z.string(),
  /** The words of the input that show it; null where it follows from others, or nothing there speaks against it. */
  span: spanSchema.nullable(),
});

/** What would make another finding of it. */
export const changeSchema = z.strictObject({
  /** What would have to be otherwise, behind "if": `big-lock were not-held`. */
  if: z.string(),
  /** What would have to be shown for that, each by itself, the nearest first; none where it is enough that something is not shown. */
  ways: z.array(z.string()),
  /** The verdict then; null where there would be none. */
  verdict: z.string().nullable(),
  /** What would become of the finding, as a clause of a sentence. */
  outcome: z.string(),
});

export const reasoningSchema = z.strictObject({
  because: z.array(reasonSchema),
  changes: z.array(changeSchema),
});

export const findingSchema = z.strictObject({
  /** `PACK/RULE`. */
  rule: z.string(),
  verdict: z.string().nullable(),
  severity: z.enum(severities),
  confidence: z.enum(confidences),
  message: z.string(),
  data: z.record(z.string(), z.string()),
  /** Null for a failed assertion, or another message of a dying program, without a trace. */
  trace: index.nullable(),
  alsoIn: z.array(index),
  thread: index.nullable(),
  frames: z.array(index),
  states: z.record(z.string(), z.string()),
  /** Outermost first. */
  path: z.array(pathStepSchema),
  blame: frameReferenceSchema.nullable(),
  site: frameReferenceSchema.nullable(),
  holder: holderSchema.nullable(),
  /** Everybody who may hold it, the likeliest first. */
  candidates: z.array(candidateSchema),
  evidence: z.tuple([evidenceSchema], evidenceSchema),
  reasoning: reasoningSchema,
  settle: z.array(settlingSchema),
  advice: z.array(z.string()),
  /** The best first. */
  cuts: z.array(cutSchema),
  /** Null for one that counts. */
  suppressed: suppressionSchema.nullable(),
  fingerprint: z.string(),
});

export const ruleInfoSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  help: z.string().nullable(),
  /** Cases in which it is known to be wrong. */
  exceptions: z.array(z.string()),
  severity: z.enum(severities),
});

/** A pack as its author numbered it: what another version of it says of the same input may differ. */
export const packInfoSchema = z.strictObject({ name: z.string(), version: z.int().positive() });

export const bucketSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  rule: z.string(),
  verdict: z.string().nullable(),
  severity: z.enum(severities),
  count: z.int().positive(),
  state: z.enum(["new", "known", "gone"]).nullable(),
  issue: z.string().nullable(),
  members: z.array(z.strictObject({ document: index, finding: index })),
  because: z.string(),
});

export const diagnosticSchema = z.strictObject({
  severity: z.enum(["warning", "note"]),
  code: z.string(),
  message: z.string(),
  text: z.string().nullable(),
  span: spanSchema,
});

export const documentSchema = z.strictObject({
  source: sourceSchema,
  traces: z.array(traceSchema),
  assertions: z.array(assertionSchema),
  /** What programs said when they died whose traces the text does not hold. */
  messages: z.array(messageSchema),
  findings: z.array(findingSchema),
  diagnostics: z.array(diagnosticSchema),
});

export const summarySchema = z.strictObject({
  documents: index,
  traces: index,
  frames: index,
  /** Without those that are suppressed. */
  findings: z.strictObject({ error: index, warning: index, note: index }),
  suppressed: index,
  diagnostics: index,
});

export const verdictInfoSchema = z.strictObject({ pack: z.string(), verdict: z.string(), says: z.string() });

/** How a finding's state is said: that `rcu-read` is `held`. */
export const stateInfoSchema = z.strictObject({
  pack: z.string(),
  state: z.string(),
  value: z.string(),
  says: z.string(),
});

/** A finding whose path ends at a step. */
export const pathEndSchema = z.strictObject({
  document: index,
  finding: index,
  /** How many steps, from the outermost, tell its path from all others of its rule; 0 where there is no other. */
  apart: index,
});

/** A step that paths share. */
export const pathNodeSchema = z.strictObject({
  /** 0 for an outermost step; what it calls follows it, one deeper. */
  depth: index,
  /** Without what differs from build to build; null for one without a name. */
  function: z.string().nullable(),
  /** How many findings' paths go through it: so many a fix there can cover. */
  count: z.int().positive(),
  /** Neighbours of its name, or a cycle that it belongs to, were folded in one of the paths. */
  folded: z.boolean(),
  findings: z.array(pathEndSchema),
});

/**
 * The paths of a rule's findings as one tree: a list in the order in which it is drawn, since stacks are deeper than JSON can
 * be nested. Of neighbours in the tree, that of most findings stands first.
 */
export const rulePathsSchema = z.strictObject({ rule: z.string(), nodes: z.array(pathNodeSchema).min(1) });

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  /** The packs that judged, with those that they extend, in the order of their rules; none where there was nothing to judge. */
  packs: z.array(packInfoSchema),
  /** The rules that spoke. */
  rules: z.array(ruleInfoSchema),
  /** The verdicts that frames were given, and how to say each of them of a frame. */
  verdicts: z.array(verdictInfoSchema),
  /** The states that findings tell of, and how to say each of them. */
  states: z.array(stateInfoSchema),
  documents: z.array(documentSchema),
  /** The paths of the findings that count, the rule with the most findings first. */
  paths: z.array(rulePathsSchema),
  buckets: z.array(bucketSchema).nullable(),
  summary: summarySchema,
});

export type Severity = (typeof severities)[number];
export type Confidence = (typeof confidences)[number];
export type Source = z.infer<typeof sourceSchema>;
export type PathStep = z.infer<typeof pathStepSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type FrameReference = z.infer<typeof frameReferenceSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
export type Cut = z.infer<typeof cutSchema>;
export type Holder = z.infer<typeof holderSchema>;
export type Settling = z.infer<typeof settlingSchema>;
export type Reason = z.infer<typeof reasonSchema>;
export type Change = z.infer<typeof changeSchema>;
export type Reasoning = z.infer<typeof reasoningSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Suppressed = z.infer<typeof suppressionSchema>;
export type PackInfo = z.infer<typeof packInfoSchema>;
export type VerdictInfo = z.infer<typeof verdictInfoSchema>;
export type StateInfo = z.infer<typeof stateInfoSchema>;
export type PathNode = z.infer<typeof pathNodeSchema>;
export type RulePaths = z.infer<typeof rulePathsSchema>;
export type RuleInfo = z.infer<typeof ruleInfoSchema>;
export type Diagnostic = z.infer<typeof diagnosticSchema>;
export type Document = z.infer<typeof documentSchema>;
export type Report = z.infer<typeof reportSchema>;

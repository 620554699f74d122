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
export const suppressionSchema = z.strictObject({ reason: z.string(), until: z.iso.date() });

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

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  /** The packs that judged, with those that they extend, in the order of their rules; none where there was nothing to judge. */
  packs: z.array(packInfoSchema),
  /** The rules that spoke. */
  rules: z.array(ruleInfoSchema),
  /** The verdicts that frames were given, and how to say each of them of a frame. */
  verdicts: z.array(verdictInfoSchema),
  documents: z.array(documentSchema),
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
export type Finding = z.infer<typeof findingSchema>;
export type Suppressed = z.infer<typeof suppressionSchema>;
export type PackInfo = z.infer<typeof packInfoSchema>;
export type VerdictInfo = z.infer<typeof verdictInfoSchema>;
export type RuleInfo = z.infer<typeof ruleInfoSchema>;
export type Diagnostic = z.infer<typeof diagnosticSchema>;
export type Document = z.infer<typeof documentSchema>;
export type Report = z.infer<typeof reportSchema>;

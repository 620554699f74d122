import { z } from "zod";
import { severities } from "../../model/scales.js";
import { name, pattern, text } from "./when.js";

/**
 * What a `backtriage.yaml` may say: which packs of the user's own to load, which rules to turn off or to grade otherwise,
 * and which findings are known and do not count for a while.
 */

const ruleId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, "a rule is named PACK/RULE, as a finding shows it");

/** The rule always has this severity: its own `grade` does not count any more. */
const regradedSchema = z.strictObject({ severity: z.enum(severities), reason: text.optional() });

const offSchema = z.strictObject({ off: z.literal(true), reason: text });

const suppressionSchema = z
  .strictObject({
    rule: ruleId.optional(),
    fingerprint: z
      .string()
      .regex(/^[a-z]+\d+:[0-9a-f]{16}$/, "a fingerprint is the word that --format json shows, such as bt2:…")
      .optional(),
    /** A pattern over the name of the function that is blamed, makes the access, or crashed. */
    function: pattern.optional(),
    reason: text,
    /** The last day on which it holds. */
    until: z.iso.date("a day is YYYY-MM-DD"),
  })
  .refine(
    ({ rule, fingerprint, function: named }) => (rule ?? fingerprint ?? named) !== undefined,
    "this would suppress everything: give a rule, a fingerprint or a function",
  );

export const configSchema = z.strictObject({
  /** Packs of the user's own: files, or folders of them, seen from the folder of the configuration. */
  rules: z.array(text).optional(),
  packs: z.strictObject({ disable: z.array(name).min(1) }).optional(),
  overrides: z.record(ruleId, z.union([regradedSchema, offSchema])).optional(),
  suppress: z.array(suppressionSchema).optional(),
});

export type Config = z.infer<typeof configSchema>;

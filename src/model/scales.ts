/**
 * The closed scales of the Report, each in its order. They stand apart from the schemas so that who only needs the
 * words does not load zod.
 */

/** From worst to mildest: the order in which findings are shown and compared with `--fail-on`. */
export const severities = ["error", "warning", "note"] as const;
/** From surest to least sure. */
export const confidences = ["certain", "likely", "possible"] as const;
export const evidenceKinds = ["assertion", "frame", "value", "thread", "source", "absence"] as const;
export const evidenceWeights = ["for", "against", "open"] as const;

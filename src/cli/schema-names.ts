/** What there is a JSON Schema of. */
export const schemaNames = ["report", "pack", "config"] as const;

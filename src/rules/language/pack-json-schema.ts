import { z } from "zod";
import { configSchema } from "./config.js";
import { factSchema, packSchema, roleSchema, ruleSchema, stateSchema } from "./pack.js";
import { conditionSchema, name, pattern, text } from "./when.js";

/** A rule of the parent that the pack does without. */
const takenOutSchema = z.strictObject({ off: z.literal(true), reason: text });

/** What may be left out of each in a file, since it has a default; in a pack that extends another nearly all may be. */
const titled: ReadonlySet<unknown> = new Set([roleSchema, factSchema, stateSchema, ruleSchema]);
/** What may say `extend: true`. */
const extensible: ReadonlySet<unknown> = new Set([roleSchema, factSchema, ruleSchema]);

/** A pack as a file may say it: with the shorthands, and as an extension of another. */
const fileSchema = packSchema.extend({
  title: text.optional(),
  extends: name.optional(),
  roles: z.record(name, z.union([roleSchema, z.array(pattern).min(1)])).optional(),
  rules: z.record(name, z.union([ruleSchema, takenOutSchema])).optional(),
});

/** The JSON Schema (draft 2020-12) of the file of a pack, for editors. What goes with what, only the loader knows. */
export function packJsonSchema(): object {
  const registry = z.registry<{ id?: string; title?: string }>();
  registry.add(conditionSchema, { id: "Condition" });
  registry.add(fileSchema, { title: "backtriage rule pack" });
  return z.toJSONSchema(fileSchema, {
    metadata: registry,
    target: "draft-2020-12",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (extensible.has(zodSchema)) {
        jsonSchema.properties = { ...jsonSchema.properties, extend: { const: true } };
        // An entry that extends gives only what it adds.
        jsonSchema.if = { required: ["extend"] };
        jsonSchema.else = { required: (jsonSchema.required ?? []).filter((key) => key !== "title") };
        delete jsonSchema.required;
      } else if (titled.has(zodSchema))
        jsonSchema.required = (jsonSchema.required ?? []).filter((key) => key !== "title");
    },
  });
}

/** The JSON Schema of a `backtriage.yaml`. */
export function configJsonSchema(): object {
  const registry = z.registry<{ title?: string }>();
  registry.add(configSchema, { title: "backtriage configuration" });
  return z.toJSONSchema(configSchema, { metadata: registry, target: "draft-2020-12", io: "input" });
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { countedSchema, labelOfCounted } from "./counted.js";
import { judgedSchema, labelOfJudged } from "./judged.js";
import type { Label } from "./label.js";

/**
 * The labels of a folder: its `labels.json`, an array in either form. Throws an Error that says what is wrong where there
 * is none, or where one label has neither form.
 */
export function labelsIn(folder: string): Label[] {
  const labels = z.array(z.unknown()).parse(JSON.parse(readFileSync(join(folder, "labels.json"), "utf8")));
  return labels.map((label, at) => {
    try {
      return labelOf(label);
    } catch (error) {
      throw new Error(`label ${at + 1}: ${error instanceof z.ZodError ? z.prettifyError(error) : error}`);
    }
  });
}

function labelOf(label: unknown): Label {
  const isCounted = z.object({ expect: z.unknown() }).safeParse(label).success;
  return isCounted ? labelOfCounted(countedSchema.parse(label)) : labelOfJudged(judgedSchema.parse(label));
}

import type { Command } from "./command.js";
import { analyze } from "./commands/analyze.js";
import { completion } from "./commands/completion.js";
import { explain } from "./commands/explain.js";
import { rules } from "./commands/rules.js";
import { schema } from "./commands/schema.js";

/** Every command, in the order of the help; the first runs where none is named. */
export const commands: readonly Command[] = [analyze, explain, rules, schema, completion];

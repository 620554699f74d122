// Breaks read-node-imports.
import { readFileSync } from "node:fs";
import { defaultFile } from "../../cli/options.js";

export const bytesOf = (): Uint8Array => readFileSync(defaultFile);

// Breaks clean-imports.
export type { Slice } from "../parse/slice.js";

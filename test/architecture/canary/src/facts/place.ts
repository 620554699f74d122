// Breaks facts-imports.
export type { Slice } from "../parse/slice.js";

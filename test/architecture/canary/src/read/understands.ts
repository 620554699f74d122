// Breaks read-imports.
export type { Slice } from "../parse/slice.js";

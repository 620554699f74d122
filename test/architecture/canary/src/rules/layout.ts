// Breaks rules-imports. (a folder that is not the rules')
export type { Slice } from "../parse/slice.js";

import type { Dialect } from "./dialect.js";

/** No two of them take the same lines; gdb's own reader gets what they leave. */
export const dialects: readonly Dialect[] = [];

import type { Slice } from "./nodes.js";

/** Who says it: each prints its messages from frames of its own. */
export type DeathKind =
  | "malloc"
  | "detected"
  | "libc"
  | "terminate"
  | "glib-error"
  | "glib-log"
  | "glib-thread"
  | "rust-panic"
  | "rust-abort"
  | "coroutine";

/** A line by which a program told why it ends. */
export interface DeathNode extends Slice {
  readonly kind: DeathKind;
}

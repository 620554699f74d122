import type { Position } from "./span.js";

/** A stretch of a member's text that is looked at as a whole, and where in the member it begins. */
export interface Window {
  readonly text: string;
  /** The position of `text[0]` in the member's text. */
  readonly origin: Position;
}

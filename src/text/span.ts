/** A place in a member's text. `offset` counts UTF-16 units from 0; lines and columns (also UTF-16 units) count from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A half-open stretch of a member's text. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

declare const inRaw: unique symbol;
declare const inView: unique symbol;

/** An offset in UTF-16 units into the raw text of a window: what the reader was given. */
export type RawOffset = number & { readonly [inRaw]: true };

/** An offset in UTF-16 units into the text of a view: the raw text after some obstacles were undone. */
export type ViewOffset = number & { readonly [inView]: true };

/** A half-open stretch of raw text; not interchangeable with a {@link ViewRange}, to the compiler. */
export interface RawRange {
  readonly start: RawOffset;
  readonly end: RawOffset;
}

/** A half-open stretch of a view's text. */
export interface ViewRange {
  readonly start: ViewOffset;
  readonly end: ViewOffset;
}

/** For sorting: what stands first in the text comes first. */
export function byPlace(one: { readonly span: Span }, other: { readonly span: Span }): number {
  return one.span.start.offset - other.span.start.offset;
}

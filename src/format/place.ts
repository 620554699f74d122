import type { Source } from "../model/report.js";
import type { Position, Span } from "../text/span.js";
import { visible } from "./visible.js";

/** The name of an input as people type it: `-` for standard input, `FILE!MEMBER` for a member of a container. */
export function label(source: Source): string {
  const file = visible(source.path ?? "-");
  return source.member === null ? file : `${file}!${visible(source.member)}`;
}

/** `FILE:LINE:COLUMN`, the form that editors and terminals make a link of. */
export function place(source: Source, position: Position): string {
  return `${label(source)}:${position.line}:${position.column}`;
}

/** `FILE:LINE:COLUMN to LINE:COLUMN`. */
export function stretch(source: Source, span: Span): string {
  return `${place(source, span.start)} to ${span.end.line}:${span.end.column}`;
}

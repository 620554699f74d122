import type { Slice } from "../nodes.js";

/** One frame on one line of a tool that shows no arguments. Nothing is interpreted: names are as printed. */
export interface ForeignFrameNode extends Slice {
  readonly level: number;
  readonly address: string | null;
  /** Null where the tool knows none, or the line ends before it. */
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly library: string | null;
  /** How far into the library: `0x8d4e4`. */
  readonly libraryOffset: string | null;
  /** The line ends before the frame does. What is there is kept. */
  readonly cut: boolean;
}

/** What stands below a frame and belongs to it; offsets are UTF-16 units in the line. */
export type FrameDetailNode =
  | (Slice & { readonly kind: "source"; readonly file: string; readonly line: number | null })
  | (Slice & { readonly kind: "module"; readonly offset: string });

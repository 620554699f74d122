import type { Slice } from "../nodes.js";

/** `thread 'main' (4711) panicked at src/main.rs:3:5:`, or the older `thread 'main' panicked at 'message', src/main.rs:3:5` */
export interface PanicNode extends Slice {
  readonly thread: string;
  readonly tid: number | null;
  /** Null where it stands on the lines behind. */
  readonly message: string | null;
  readonly file: string;
  readonly line: number | null;
}

/** `   0: rust_begin_unwind`, `   1:     0x55e2c6cf17da - core::panicking::panic_fmt`, and the same without a number. */
export interface RustFrameNode extends Slice {
  /** Null for a frame that was inlined into the one that has the number. */
  readonly level: number | null;
  readonly address: string | null;
  /** Null where the line ends before it. */
  readonly function: string | null;
  /** The line ends behind the address: the name stands in the next line, or is cut. */
  readonly open: boolean;
}

/** `             at ./src/main.rs:3:5` */
export interface RustPlaceNode extends Slice {
  readonly file: string;
  readonly line: number | null;
}

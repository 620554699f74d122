import type { FrameNode } from "../nodes.js";

/** One frame of lldb on one line, with what gdb's frames do not tell. */
export interface LldbFrameNode extends FrameNode {
  /** The line says `[inlined]`: the function was inlined into its caller. */
  readonly inlined: boolean;
  /** Marked with `*`: the frame that is selected. */
  readonly selected: boolean;
}

/** `* thread #1, name = 'x', queue = 'q', stop reason = signal SIGABRT` */
export interface LldbThreadNode {
  readonly number: string;
  /** What stands behind `tid = `, decimal on Linux, `0x…` on Apple's systems. */
  readonly tid: string | null;
  readonly name: string | null;
  readonly reason: string | null;
  /** Marked with `*`. */
  readonly selected: boolean;
}

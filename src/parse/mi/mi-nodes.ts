import type { Slice } from "../nodes.js";

/** A C string of gdb/MI: what stands between its quotes, with all escapes. */
export interface MiText {
  readonly kind: "text";
  readonly raw: string;
  /** Its last quote is there. */
  readonly closed: boolean;
}

/** A tuple `{…}` or a list `[…]`: results, or values without a name. */
export interface MiGroup {
  readonly kind: "group";
  readonly items: readonly MiResult[];
  /** Its last bracket is there, and so is everything inside. */
  readonly closed: boolean;
}

/** `name=value`, or a value of a list, which has no name. Offsets count UTF-16 units in the text that was parsed. */
export interface MiResult extends Slice {
  readonly name: string | null;
  readonly value: MiText | MiGroup;
}

/** One output record, as far as it is one: it ends at `end`, whatever comes behind. */
export interface MiRecordNode extends Slice {
  /** The number that a front end put in front of its command, and gdb in front of the answer. */
  readonly token: string | null;
  /** `^done`, `*stopped`, `=thread-selected`; null where the text begins behind it. */
  readonly class: string | null;
  readonly results: readonly MiResult[];
}

/** What stands in the place of a line break inside a frame, going by the words on either side of it. */
export type Joint =
  /** A blank: gdb prints one there, and no name or number goes over it. */
  | "blank"
  /** Nothing, as after `(`: gdb itself breaks there. */
  | "tight"
  /** Nothing: the break stands inside a name or a number, as only a terminal breaks lines. */
  | "split"
  /** Both read well. */
  | "unknown";

/** A call as it stands in the text. */
export interface Call {
  readonly name: string;
  readonly line: number;
  /** How many blocks of the function are around it. */
  readonly nesting: number;
  /** Who reaches the call's statement makes the call: no `&&`, `||`, `?:` or `#if` decides about it. */
  readonly always: boolean;
}

/** A statement of a function, the head of one that holds others, or a place where ways meet or scopes end. */
export interface Step {
  /** The lines of its text, counted from 1; both 0 for a step without text. */
  readonly first: number;
  readonly last: number;
  /** In the order of the text. */
  readonly calls: readonly Call[];
  /** Something is called here, if only through a pointer. */
  readonly invokes: boolean;
  /** How many scopes of guards end here. */
  readonly closes: number;
  /** The steps that may come next. */
  readonly next: readonly number[];
}

/** The steps of a function by their index; the function begins with the first. */
export type Steps = readonly Step[];

/** Where the sieve stops, in bytes. */
export interface Limits {
  /** Lines up to this are kept whole; of a longer one no more than this is looked at. */
  readonly longestLine: number;
  /** No range is larger, so that none becomes a string that the engine cannot hold. At least `longestLine`. */
  readonly largestRange: number;
  /** How far behind a frame the next one of the same stack may stand: `bt full` prints whole structures between them. */
  readonly longestLocals: number;
}

/** What holds outside of tests. */
export const limits: Limits = {
  longestLine: 1024 * 1024,
  largestRange: 128 * 1024 * 1024,
  longestLocals: 16 * 1024 * 1024,
};

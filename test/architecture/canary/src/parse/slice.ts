export interface Slice {
  readonly start: number;
}

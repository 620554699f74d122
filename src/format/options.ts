import type { Palette } from "./palette.js";

/** What a format may know of where it is shown. */
export interface RenderOptions {
  readonly palette: Palette;
  /** The columns into which prose is wrapped. */
  readonly columns: number;
  /** Only what a script or a person in a hurry wants: the verdicts. */
  readonly brief: boolean;
  /** Also what led to each finding, and what would change it. */
  readonly why?: boolean;
}

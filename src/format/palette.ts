import type { Severity } from "../model/report.js";

type Paint = (text: string) => string;

/** How text is set off; given from outside, so that no format asks its host for colours. */
export interface Palette extends Readonly<Record<Severity, Paint>> {
  /** For what clears a suspicion. */
  readonly good: Paint;
  /** For headings and marks. */
  readonly strong: Paint;
  /** For what may be skipped. */
  readonly faint: Paint;
}

const unchanged: Paint = (text) => text;

/** No colours. */
export const plain: Palette = {
  error: unchanged,
  warning: unchanged,
  note: unchanged,
  good: unchanged,
  strong: unchanged,
  faint: unchanged,
};

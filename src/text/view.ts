import { lastNotAfter } from "./search.js";
import type { RawOffset, RawRange, ViewOffset, ViewRange } from "./span.js";

/** Puts `text` in the place of a stretch of a view. */
export interface Edit extends ViewRange {
  readonly text: string;
  /** Why the edit may be wrong, where the text allows another reading. */
  readonly doubt?: Doubt;
}

/** What a reader is to be told of a decision that the text does not settle. */
export interface Doubt {
  /** One word or two for programs, as in a diagnostic. */
  readonly code: string;
  readonly message: string;
}

/**
 * One stretch of a view and where it comes from. A verbatim piece has the same characters as the raw text, so that
 * arithmetic inside it is valid; any position inside an atomic one stands for its whole raw stretch. The flag is
 * explicit: equal length is no proof.
 */
export interface Piece {
  readonly view: number;
  readonly length: number;
  readonly raw: number;
  readonly rawLength: number;
  readonly verbatim: boolean;
}

/** Names an offset into the text of a view. All offsets count UTF-16 units. */
export function viewOffset(offset: number): ViewOffset {
  return offset as ViewOffset;
}

/** Names an offset into a raw text. All offsets count UTF-16 units. */
export function rawOffset(offset: number): RawOffset {
  return offset as RawOffset;
}

/** Names an edit by plain offsets into the text of the view that it is for. */
export function edit(start: number, end: number, text: string, doubt?: Doubt): Edit {
  const plain = { start: viewOffset(start), end: viewOffset(end), text };
  return doubt === undefined ? plain : { ...plain, doubt };
}

/**
 * Puts `text`, or what it makes of the words, in the place of everything that a pattern matched.
 * @param base where the text that was searched begins in the view
 */
export function replacing(
  matches: Iterable<RegExpExecArray>,
  text: string | ((found: string) => string),
  base = 0,
  doubt?: Doubt,
): Edit[] {
  return Array.from(matches, ({ index, 0: found }) =>
    edit(base + index, base + index + found.length, typeof text === "string" ? text : text(found), doubt),
  );
}

/** The edits in their order, without those that begin inside one before them. */
export function withoutOverlaps(edits: readonly Edit[]): Edit[] {
  let end = 0;
  return edits
    .toSorted((one, other) => one.start - other.start)
    .filter((one) => {
      if (one.start < end) return false;
      end = one.end;
      return true;
    });
}

/** A text from which obstacles were taken, with the way back to the raw text. Never changes; {@link View.edit} derives the next. */
export class View {
  private constructor(
    readonly text: string,
    /** In order, without gaps in the view; raw starts never decrease. */
    readonly pieces: readonly Piece[],
  ) {}

  /** The raw text itself. */
  static of(raw: string): View {
    const whole = { view: 0, length: raw.length, raw: 0, rawLength: raw.length, verbatim: true };
    return new View(raw, raw === "" ? [] : [whole]);
  }

  /** One view of neighbouring stretches of a raw text, each of which begins at the offset `raw` in it. */
  static joined(parts: readonly { readonly view: View; readonly raw: number }[]): View {
    const pieces: Piece[] = [];
    let length = 0;
    for (const { view, raw } of parts) {
      for (const piece of view.pieces)
        pieces.push({ ...piece, view: piece.view + length, raw: piece.raw + raw });
      length += view.text.length;
    }
    return new View(parts.map(({ view }) => view.text).join(""), pieces);
  }

  /** The view with `edits` made; they must be in order and must not overlap. Throws a RangeError where they do. */
  edit(edits: readonly Edit[]): View {
    if (edits.length === 0) return this;
    const copier = new Copier(this.text, this.pieces);
    for (const { start, end, text } of edits) {
      copier.keepUntil(start);
      copier.replaceUntil(end, text);
    }
    copier.keepUntil(this.text.length);
    return new View(copier.text, copier.pieces);
  }

  /** The piece that was asked for last: questions come nearly in order. It changes no answer. */
  private near = 0;

  /** The raw stretch that a stretch of this view stands for; empty, at the start, for an empty one. */
  toRaw({ start, end }: ViewRange): RawRange {
    const rawStart = this.rawStart(start);
    return { start: rawOffset(rawStart), end: rawOffset(end > start ? this.rawEnd(end) : rawStart) };
  }

  private pieceAt(offset: number): Piece | undefined {
    const next = this.pieces[this.near + 1];
    const within =
      offset >= (this.pieces[this.near]?.view ?? 0) && (next === undefined || offset < next.view);
    if (!within)
      this.near = lastNotAfter(this.pieces.length, (index) => this.pieces[index]?.view ?? 0, offset);
    return this.pieces[this.near];
  }

  private rawStart(offset: number): number {
    const piece = this.pieceAt(offset);
    if (piece === undefined) return 0;
    if (offset >= piece.view + piece.length) return piece.raw + piece.rawLength;
    return piece.verbatim ? piece.raw + offset - piece.view : piece.raw;
  }

  private rawEnd(offset: number): number {
    const piece = this.pieceAt(offset - 1);
    if (piece === undefined) return 0;
    return piece.verbatim ? piece.raw + offset - piece.view : piece.raw + piece.rawLength;
  }
}

/** Walks once over the pieces of a view and builds those of the next. */
class Copier {
  readonly pieces: Piece[] = [];
  private readonly chunks: string[] = [];
  private length = 0;
  private at = 0;
  private index = 0;

  constructor(
    private readonly source: string,
    private readonly from: readonly Piece[],
  ) {}

  get text(): string {
    return this.chunks.join("");
  }

  keepUntil(end: number): void {
    if (end < this.at) throw new RangeError(`edits overlap at ${end}`);
    this.chunks.push(this.source.slice(this.at, end));
    this.walk(end, (piece, start, length) =>
      this.push(
        piece.verbatim
          ? {
              view: this.length,
              length,
              raw: piece.raw + start - piece.view,
              rawLength: length,
              verbatim: true,
            }
          : { ...piece, view: this.length, length },
      ),
    );
  }

  replaceUntil(end: number, text: string): void {
    let { raw, rawEnd } = this.rawHere(end);
    let first = true;
    this.walk(end, (piece, start, length) => {
      const from = piece.verbatim ? piece.raw + start - piece.view : piece.raw;
      if (first) raw = from;
      first = false;
      rawEnd = piece.verbatim ? from + length : piece.raw + piece.rawLength;
    });
    this.chunks.push(text);
    this.push({ view: this.length, length: text.length, raw, rawLength: rawEnd - raw, verbatim: false });
  }

  /** Where something that replaces nothing stands: at a point, or for all of the atomic piece that it is put into. */
  private rawHere(end: number): { raw: number; rawEnd: number } {
    const piece = this.from[this.index];
    if (piece === undefined) {
      const last = this.from.at(-1);
      const raw = last === undefined ? 0 : last.raw + last.rawLength;
      return { raw, rawEnd: raw };
    }
    const raw = piece.verbatim ? piece.raw + this.at - piece.view : piece.raw;
    const inside = end === this.at && !piece.verbatim && this.at > piece.view;
    return { raw, rawEnd: inside ? piece.raw + piece.rawLength : raw };
  }

  private walk(end: number, visit: (piece: Piece, start: number, length: number) => void): void {
    while (this.at < end) {
      const piece = this.from[this.index];
      if (piece === undefined) break;
      const stop = Math.min(end, piece.view + piece.length);
      visit(piece, this.at, stop - this.at);
      this.at = stop;
      if (stop === piece.view + piece.length) this.index++;
    }
  }

  private push(piece: Piece): void {
    if (piece.length === 0) return;
    this.pieces.push(piece);
    this.length += piece.length;
  }
}

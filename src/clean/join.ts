import { type Doubt, type Edit, edit } from "../text/view.js";
import type { Joint } from "./joint.js";

/** A line break inside a frame. Offsets are UTF-16 units into the view's text. */
export interface Break {
  /** The end of the line before it, without and with the blanks there. */
  readonly wordsEnd: number;
  readonly lineEnd: number;
  /** The start of the line after it, and of the first word there. */
  readonly lineStart: number;
  readonly wordsStart: number;
  /** How long the line before it is: as it is now, and as it was before quote marks and the like were taken off. */
  readonly lengths: readonly [now: number, raw: number];
  readonly joint: Joint;
  /** Digits below a whole line number: only a break at the margin explains them. */
  readonly digits: boolean;
  /** The frame shows that it goes on, whatever stands in the line. */
  readonly sure: boolean;
}

/** How many breaks of lines of one length stand inside words, and how many between them. */
interface Votes {
  split: number;
  blank: number;
}

/** The votes by the length of the line, under one of the two ways to measure it. */
type Ballot = Map<number, Votes>;

/**
 * Joins the lines of runs of frames; what wrapped one frame of a run wrapped them all. A terminal breaks lines of one
 * length inside words, a mailer breaks them at blanks: where a break could be either, those of equally long lines tell.
 */
export function joinBlocks(blocks: readonly (readonly Break[])[]): Edit[] {
  const everywhere = ballotsOf(blocks.flat());
  return blocks.flatMap((block) => new Joiner(block, everywhere).edits());
}

class Joiner {
  private readonly ballots: readonly [Ballot, Ballot];
  private readonly longest: number;
  /** Something shows how the lines of this run were broken. */
  private readonly told: boolean;
  /** Some line of this run was broken inside a word. */
  private readonly splits: boolean;

  constructor(
    private readonly block: readonly Break[],
    private readonly everywhere: readonly [Ballot, Ballot],
  ) {
    this.ballots = ballotsOf(block);
    this.longest = block.reduce((longest, { lengths: [now] }) => Math.max(longest, now), 0);
    const telling = block.filter(({ digits }) => !digits);
    this.told = telling.some(({ joint }) => joint === "blank" || joint === "split");
    this.splits = telling.some(({ joint }) => joint === "split");
  }

  edits(): Edit[] {
    return this.block.flatMap((found) => this.join(found));
  }

  private join(found: Break): Edit[] {
    if (found.digits) return this.joinDigits(found);
    if (isSpaced(found)) return [this.joinSpaced(found)];
    if (found.joint !== "unknown") return [joinWords(found, found.joint === "blank" ? " " : "")];
    if (this.atMargin(found)) return [joinWords(found, "")];
    return [joinWords(found, " ", this.told ? undefined : eitherWay)];
  }

  /** A terminal keeps the blanks on either side; gdb's own breaks and a mailer's stand for one. */
  private joinSpaced(found: Break): Edit {
    const blanks = found.lineEnd - found.wordsEnd + found.wordsStart - found.lineStart;
    if (found.joint === "unknown" && blanks < 3 && this.atMargin(found))
      return edit(found.lineEnd, found.lineStart, "");
    return joinWords(found, found.joint === "tight" ? "" : " ");
  }

  private joinDigits(found: Break): Edit[] {
    if (this.splits || this.atMargin(found)) return [joinWords(found, "", joinedDigits)];
    return found.lengths[0] === this.longest && !this.told
      ? [edit(found.lineEnd, found.lineEnd, "", looseDigits)]
      : [];
  }

  /** Lines of this length were broken inside words: here, or else where the text says it of another run. */
  private atMargin({ lengths }: Break): boolean {
    const near = lengths.map((length, measure) => verdict(this.ballots[measure]?.get(length)));
    if (near.includes("split")) return true;
    if (near.includes("blank")) return false;
    return lengths.some((length, measure) => verdict(this.everywhere[measure]?.get(length)) === "split");
  }
}

function ballotsOf(breaks: readonly Break[]): [Ballot, Ballot] {
  const ballots: [Ballot, Ballot] = [new Map(), new Map()];
  for (const found of breaks) {
    if (found.digits || isSpaced(found) || (found.joint !== "split" && found.joint !== "blank")) continue;
    for (const [measure, ballot] of ballots.entries()) {
      const length = found.lengths[measure] ?? 0;
      const votes = ballot.get(length) ?? { split: 0, blank: 0 };
      votes[found.joint]++;
      ballot.set(length, votes);
    }
  }
  return ballots;
}

function verdict(votes: Votes | undefined): "split" | "blank" | "none" {
  if (votes === undefined) return "none";
  return votes.split > votes.blank ? "split" : "blank";
}

function isSpaced({ wordsEnd, lineEnd, lineStart, wordsStart }: Break): boolean {
  return wordsEnd < lineEnd || lineStart < wordsStart;
}

function joinWords({ wordsEnd, wordsStart }: Break, between: string, doubt?: Doubt): Edit {
  return edit(wordsEnd, wordsStart, between, doubt);
}

const eitherWay: Doubt = {
  code: "joined-lines",
  message: "two lines were joined with a blank; nothing shows whether one belongs there",
};

const joinedDigits: Doubt = {
  code: "joined-lines",
  message: "digits below a line number were joined to it, for others were broken inside words",
};

const looseDigits: Doubt = {
  code: "maybe-joined",
  message: "digits below a line number may belong to it",
};

import type { Finding, PathStep } from "../model/report.js";
import type { Frame, Thread } from "../model/trace.js";
import { counted } from "./count.js";
import type { Palette } from "./palette.js";
import { visible } from "./visible.js";
import { pad, shorten, shortenMiddle, width } from "./width.js";

/** One line of a table of calls; a fold stands for calls that are left out. */
interface Row {
  readonly level: string;
  readonly function: string;
  readonly role: string;
  readonly place: string;
  readonly marks: readonly string[];
}

/** A path of up to this many steps is shown whole. */
const wholePath = 24;
/** Steps at either end of a longer path that are always shown. */
const ends = 4;
/** A run of steps that is shorter than this is not worth folding. */
const worthFolding = 3;
/** Lines of a path that are shown at most, also where more of it matters. */
const mostRows = 80;
/** Frames that are shown of a stack without a path. */
const stackFrames = 10;
/** Frames at the inner end of a longer one that say what the thread waits for. */
const innermostFrames = 2;

/** `../hw/virtio/virtio.c:185`, or the library where the file is not known. */
export function frameLocation(frame: Frame | undefined): string {
  if (frame === undefined) return "";
  const { location, library } = frame;
  if (location === null) return library === null ? "" : `from ${visible(library)}`;
  return visible(location.line === null ? location.file : `${location.file}:${location.line}`);
}

/** A frame's function as people know it; a frame without one says what it is. */
function frameName(frame: Frame): string {
  if (frame.kind === "signal-handler") return "<signal handler called>";
  if (frame.kind === "inferior-call") return "<function called from gdb>";
  return visible(frame.function ?? "??");
}

/** `#7`, `#7-5` or, for frames that are not neighbours, `#9, #7, #5`. */
function levelsText(levels: readonly number[]): string {
  const [first, ...others] = levels;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return `#${first ?? "?"}`;
  if (Math.abs(first - last) === others.length) return `#${first}-${last}`;
  if (levels.length <= 3) return levels.map((level) => `#${level}`).join(", ");
  return `#${first} … #${last} (${levels.length} frames)`;
}

/** What is said of a step, in words: the analysis's own note, else what the finding says of the frame. */
function stepMarks(step: PathStep, { blame, site }: Finding): string[] {
  if (step.note !== null) return [`<- ${visible(step.note.replace(/\s+/g, " "))}`];
  const has = (level: number | undefined) => level !== undefined && step.levels.includes(level);
  return [...(has(blame?.level) ? ["<- blamed"] : []), ...(has(site?.level) ? ["<- makes the access"] : [])];
}

/** Which steps of a long path must be seen: its ends, the frames that are blamed and what touches. */
function matters(finding: Finding): (step: PathStep, index: number) => boolean {
  const marked = new Set(
    [finding.blame?.level, finding.site?.level, finding.holder?.level, ...finding.frames].filter(
      (level) => level !== undefined,
    ),
  );
  const steps = finding.path.length;
  return (step, index) =>
    index < ends || index >= steps - ends || step.levels.some((level) => marked.has(level));
}

function fold(frames: number): Row {
  return { level: "", function: `… ${counted(frames, "frame")} …`, role: "", place: "", marks: [] };
}

/** Keeps the items that matter, puts one fold for each longer run of the others. */
function folded<Item>(
  items: readonly Item[],
  keep: (item: Item, index: number) => boolean,
  frames: (item: Item) => number,
  row: (item: Item) => Row,
): Row[] {
  const rows: Row[] = [];
  let skipped: Item[] = [];
  const flush = () => {
    if (skipped.length < worthFolding) rows.push(...skipped.map(row));
    else rows.push(fold(skipped.reduce((sum, item) => sum + frames(item), 0)));
    skipped = [];
  };
  for (const [index, item] of items.entries()) {
    if (keep(item, index)) {
      flush();
      rows.push(row(item));
    } else {
      skipped.push(item);
    }
  }
  flush();
  return rows;
}

/** The rows with their middle left out where there are more than `most`. */
function atMost(most: number, rows: readonly Row[]): readonly Row[] {
  if (rows.length <= most) return rows;
  const half = Math.floor(most / 2);
  const left = `… ${rows.length - 2 * half} more lines …`;
  return [...rows.slice(0, half), { ...fold(0), function: left }, ...rows.slice(-half)];
}

function table(rows: readonly Row[], palette: Palette): string[] {
  const widest = (cell: (row: Row) => string) =>
    rows.reduce((most, row) => Math.max(most, width(cell(row))), 0);
  const levels = widest((row) => row.level);
  const names = Math.min(
    34,
    widest((row) => (row.level === "" ? "" : row.function)),
  );
  return rows.map((row) => {
    const name = shortenMiddle(row.function, 60);
    const start = `  ${pad(row.level, levels)}  `;
    const rest = [row.role === "" ? "" : `[${row.role}]`, row.place].filter((part) => part !== "").join("  ");
    const line =
      row.level === "" || rest === ""
        ? `${start}${name}`
        : `${start}${pad(name, names)}  ${palette.faint(rest)}`;
    return [line, ...row.marks.map((mark) => palette.strong(mark))].join("  ").trimEnd();
  });
}

/** The offending path, one step a line, outermost first; what does not matter of a long one is folded. */
export function pathLines(finding: Finding, thread: Thread | null, palette: Palette): string[] {
  const frames = new Map((thread?.frames ?? []).map((frame) => [frame.level, frame]));
  const row = (step: PathStep): Row => ({
    level: levelsText(step.levels),
    function: visible(step.function ?? "??"),
    role: visible(step.role ?? ""),
    place: shortenMiddle(frameLocation(frames.get(step.levels[0] ?? -1)), 80),
    marks: stepMarks(step, finding).map((mark) => shorten(mark, 80)),
  });
  const keep = finding.path.length <= wholePath ? () => true : matters(finding);
  return table(
    atMost(
      mostRows,
      folded(finding.path, keep, (step) => step.levels.length, row),
    ),
    palette,
  );
}

/** The stack from the crash outwards where no rule cut a path out of it, innermost first; what lies around it is folded. */
export function stackLines(thread: Thread, crash: number | null, palette: Palette): string[] {
  const start = Math.max(
    0,
    thread.frames.findIndex((frame) => frame.level === crash),
  );
  const keep = (index: number) => index >= start && index < start + stackFrames;
  return frameLines(thread, keep, { level: crash, words: "crash" }, palette);
}

/** The stack of a thread that holds something, from its innermost frames to the one that does; what lies around them is folded. */
export function heldLines(thread: Thread, level: number, words: string, palette: Palette): string[] {
  const at = thread.frames.findIndex((frame) => frame.level === level);
  const keep = (index: number) => index <= at && (index > at - stackFrames || index < innermostFrames);
  return frameLines(thread, keep, { level, words }, palette);
}

function frameLines(
  { frames }: Thread,
  keep: (index: number) => boolean,
  mark: { readonly level: number | null; readonly words: string },
  palette: Palette,
): string[] {
  const row = (frame: Frame): Row => ({
    level: `#${frame.level}`,
    function: frameName(frame),
    role: "",
    place: shortenMiddle(frameLocation(frame), 80),
    marks: frame.level === mark.level ? [`<- ${mark.words}`] : [],
  });
  return table(
    folded(
      frames,
      (_, index) => keep(index),
      () => 1,
      row,
    ),
    palette,
  );
}

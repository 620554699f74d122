import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

const date = String.raw`\d{4}[-/]\d\d[-/]\d\d`;
const time = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`;
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
/** `host prog[123]:` */
const process = String.raw`[^\s:]{1,64} [^\s:[]{1,64}\[\d{1,7}\]:`;
const end = String.raw`(?:[ \t]|$)`;

/** What programs that keep logs put in front of a line, each with the one blank behind it: the text's own blanks stay. */
const stamps: readonly string[] = [
  // 2024-05-01T10:00:00.123456Z 00O text; with `+` the line goes on with the one before it (GitLab)
  // build<TAB>test<TAB>2024-05-01T10:00:00.1234567Z text (GitHub); docker logs -t; Azure; [2024-05-01T10:00:00.123Z] text (Jenkins)
  // 2024-05-01T10:00:00+0200 host prog[1]: text (journalctl -o short-iso, syslog)
  // 2024-05-01T10:00:00.000000001Z stderr F text (containerd, CRI-O: /var/log/pods); with `P` the next line goes on with this one
  String.raw`(?:(?!${date})[\w(][^\t\n]{0,100}\t[^\t\n]{1,100}\t)?\[?${date}[T ]${time}\]?(?: \d\d[OE](?:\+|${end})| std(?:out|err) [FP]${end}|(?: ${process}|:)?${end})`,
  // 10:00:00 text, [12:00:00] text
  String.raw`\[?${time}\]?:?[ \t]`,
  // May 01 10:00:00 host prog[123]: text (syslog, journalctl)
  String.raw`(?:<\d{1,3}>)?${month} {1,2}\d{1,2} ${time} [^\s:]{1,64} [^\s:[]{1,64}(?:\[\d{1,7}\])?:${end}`,
  // [   12.345678] text, <6>[ 12.3] text, [   12.345678] host prog[1]: text (kernel, journalctl -o short-monotonic)
  String.raw`(?:<\d{1,2}>)?\[ {0,8}\d{1,9}\.\d{1,9}\](?: ${process})?${end}`,
  // bk;t=1715000000000 (Buildkite, what is left of its escape sequence)
  String.raw`_?bk;t=\d{10,16}\x07`,
  // ##[error]text, ::group::text (Azure, GitHub)
  String.raw`##\[[a-z]{1,16}\]|::(?:error|warning|notice|debug|group)::`,
  // stderr: text, stdout | text
  String.raw`std(?:err|out)(?::| {0,2}\|)[ \t]`,
  // I/DEBUG ( 123): text, 05-01 10:00:00.123  1234  1234 F DEBUG   : text (Android)
  String.raw`[VDIWEF]\/[^\s(]{1,40} {0,20}\( {0,6}\d{1,7}\):${end}`,
  String.raw`\d\d-\d\d ${time} {1,6}\d{1,7} {1,6}\d{1,7} [VDIWEF] [^\s:]{1,40} {0,20}:${end}`,
  // web-1  | text (docker compose)
  String.raw`[\w.-]{1,64}[-_]\d{1,3} {1,24}\|${end}`,
];

const stamped = new RegExp(stamps.join("|"), "y");
const indentedStamp = new RegExp(`[ \\t]{0,8}(?:${stamps.join("|")})`, "y");
const anyStamped = new RegExp(`^${indentedStamp.source}`, "m");
/** One program hands its lines to another, seldom further. */
const mostStamps = 4;
/** What a text must hold behind a stamp for the stamps to matter. */
const telling =
  /#\d|ssertion|signal |Thread \d|should not be reached|Unexpected error|terminate called|panicked/;

/**
 * Takes the stamps of CI systems, journals, containers and kernels off the lines, and joins the lines that GitLab's runner
 * broke (`00O+`). Their shapes alone say what they are: one stamped line is enough, and the others may have none.
 */
export function stamp(view: View): Edit[] {
  const { text } = view;
  if (!anyStamped.test(text)) return [];
  const edits: Edit[] = [];
  let tells = false;
  let before: LineBefore = { end: 0, stream: null, unfinished: false };
  for (const { start, end: lineEnd } of linesOf(text)) {
    const { content, stream, goesOn, unfinished } = stampsOf(text, start, lineEnd);
    const joined = (goesOn || before.unfinished) && content > start && before.stream === stream;
    if (joined) edits.push(edit(before.end, content, ""));
    else if (content > start) edits.push(edit(start, content, ""));
    tells ||= content > start && telling.test(text.slice(content, lineEnd));
    // A line without a stamp is the rest of one that was wrapped.
    before = content === start ? { ...before, end: lineEnd } : { end: lineEnd, stream, unfinished };
  }
  return tells ? edits : [];
}

/** The line before, and what its stamps said, or those of the last line that had some. */
interface LineBefore {
  readonly end: number;
  readonly stream: string | null;
  readonly unfinished: boolean;
}

/** The stamps in front of one line. */
interface Stamped {
  /** Where the text behind them begins. */
  readonly content: number;
  /** What the line was written to: GitLab's name for it (`00O`), or a container's `stderr`. */
  readonly stream: string | null;
  /** Whether the line goes on with the one before (GitLab), and the next one with it (CRI). */
  readonly goesOn: boolean;
  readonly unfinished: boolean;
}

function stampsOf(text: string, start: number, lineEnd: number): Stamped {
  let content = start;
  let stream: string | null = null;
  let unfinished = false;
  for (let count = 0; count < mostStamps && content < lineEnd; count++) {
    const pattern = count === 0 ? indentedStamp : stamped;
    pattern.lastIndex = content;
    const found = pattern.exec(text)?.[0] ?? "";
    if (found === "") break;
    content += found.length;
    stream = / (\d\d[OE]|std(?:out|err)(?= [FP]))(?:[+ ]| [FP][ \t]?)?$/.exec(found)?.[1] ?? stream;
    unfinished ||= / std(?:out|err) P[ \t]?$/.test(found);
    if (found.endsWith("+")) return { content, stream, goesOn: true, unfinished };
  }
  return { content, stream, goesOn: false, unfinished };
}

/** Where the first stamp begins in what stands in front of a frame; -1 where there is none. */
export function firstStamp(words: string): number {
  for (const { index } of words.matchAll(/(?<![^\s>|])\S/g)) {
    stamped.lastIndex = index;
    if (stamped.test(words)) return index;
  }
  return -1;
}

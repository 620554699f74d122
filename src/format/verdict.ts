import type { Finding, Report } from "../model/report.js";
import type { FrameClass } from "../model/trace.js";
import { counted } from "./count.js";
import { type Entry, threadOf } from "./entries.js";
import type { Palette } from "./palette.js";
import { frameLocation } from "./path.js";
import { visible } from "./visible.js";
import { shorten, shortenMiddle, width } from "./width.js";

/** The most columns that a verdict takes. */
export const verdictColumns = 100;

/** A verdict in its parts: `head` is the word that may be coloured, `rest` is what follows. */
interface Sentence {
  readonly head: string;
  readonly rest: (columns: number) => string;
}

/** How to say a verdict of a frame; the pack that gave it is preferred where two packs use one word. */
function says(report: Report, verdict: string, rule: string | null): string {
  const known = report.verdicts.filter((info) => info.verdict === verdict);
  const own = known.find((info) => rule?.startsWith(`${info.pack}/`));
  return visible((own ?? known[0])?.says ?? "");
}

/** The call that is judged: the frame that makes the access and what it calls; fewer where the path shows fewer. */
function call(finding: Finding, entry: Entry): string[] {
  const site = finding.site;
  const step =
    site === null ? -1 : finding.path.findIndex((candidate) => candidate.levels.includes(site.level));
  const outermost = finding.frames.reduce((most, level) => Math.max(most, level), -1);
  const touching = threadOf(entry)?.frames.find((frame) => frame.level === outermost)?.function;
  const callee = step < 0 ? touching : finding.path[step + 1]?.function;
  return [site?.function, callee].flatMap((name) => (name == null ? [] : [visible(name)]));
}

/** Names stay whole as long as they can, since people search for them: what is said of them gives way first. */
function callSentence(names: readonly string[], said: string, columns: number): string {
  const whole = names.join(" → ");
  const left = columns - width(whole) - 1;
  if (said === "" || whole === "") return shorten(`${whole}${said}`, columns);
  if (left >= Math.min(12, width(said))) return `${whole} ${shorten(said, left)}`;
  const share = Math.floor((columns - 3 * (names.length - 1)) / names.length);
  return names.map((name) => shortenMiddle(name, share)).join(" → ");
}

/** The frame whose verdict says most: one that is not cleared before one that is, then the innermost. */
function judgedFrame(entry: Entry): FrameClass | null {
  const classes = [threadOf(entry), ...(entry.trace?.threads ?? [])].flatMap(
    (thread) => thread?.classification ?? [],
  );
  const judged = classes.filter((frame) => frame.verdict !== null);
  return judged.find((frame) => !clears(frame.verdict)) ?? judged[0] ?? null;
}

/** The verdicts that clear a frame are `safe` and its kinds (`safe-commit`). */
function clears(verdict: string | null): boolean {
  return verdict === "safe" || verdict?.startsWith("safe-") === true;
}

/** Fewer columns say nothing of a crash. */
const shortestCrash = 16;

/** What happened counts more than where: the longest place that leaves it whole, or the shortest. */
function withPlace(message: string, places: readonly string[], columns: number): string {
  const place = places.find((one) => width(message) + width(one) <= columns) ?? places.at(-1) ?? "";
  return shorten(message, columns - width(place)) + place;
}

/** Where a crash is: `, #2 at src/parse.c:12`, with the thread where there are several; and the same without the file. */
function crashPlaces(entry: Entry): string[] {
  const crash = entry.trace?.crashFrame;
  const thread = threadOf(entry);
  const frame = thread?.frames.find(({ level }) => level === crash?.level);
  if (crash == null || frame === undefined || thread?.index !== crash.thread) return [];
  const several = (entry.trace?.threads.length ?? 0) > 1 && thread.number !== null;
  const where = frameLocation(frame);
  const at = where === "" || where.startsWith("from ") ? where : `at ${where}`;
  const level = `${several ? ` (thread ${visible(thread.number ?? "")})` : ""}, #${crash.level}`;
  return [`${level} ${shortenMiddle(at, 40)}`.trimEnd(), level];
}

function sentence(entry: Entry): Sentence {
  const { report, finding, trace } = entry;
  if (finding !== null && finding.verdict !== null) {
    const said = says(report, finding.verdict, finding.rule);
    const names = call(finding, entry);
    // Without a frame that is judged there is only what the finding itself says.
    if (names.length === 0) {
      const message = visible(finding.message.trim().replace(/\s+/g, " "));
      return { head: visible(finding.verdict.toUpperCase()), rest: (columns) => shorten(message, columns) };
    }
    return {
      head: visible(finding.verdict.toUpperCase()),
      rest: (columns) => callSentence(names, said, columns),
    };
  }
  const frame = entry.domainSpoke ? null : judgedFrame(entry);
  // What nobody can tell of a frame is no verdict on a crash that has a note of its own.
  if (frame !== null && frame.verdict !== null && (finding === null || clears(frame.verdict))) {
    const said = says(report, frame.verdict, null);
    const suffix = clears(frame.verdict) ? ` (${visible(frame.verdict)})` : "";
    const crash = finding === null ? "" : `; ${visible(finding.message.trim().replace(/\s+/g, " "))}`;
    return {
      head: clears(frame.verdict) ? "no offender" : visible(frame.verdict),
      rest: (columns) => {
        const verdict = shorten(`#${frame.level} ${said}`, columns - width(suffix)) + suffix;
        const left = columns - width(verdict);
        return left < shortestCrash ? verdict : verdict + shorten(crash, left);
      },
    };
  }
  if (finding !== null) {
    const message = visible(finding.message.trim().replace(/\s+/g, " "));
    const places = crashPlaces(entry);
    return {
      head: visible(finding.rule),
      rest: (columns) => withPlace(message.replace(/\.$/, ""), places, columns),
    };
  }
  const frames = (trace?.threads ?? []).reduce((sum, thread) => sum + thread.frames.length, 0);
  return {
    head: "no finding",
    rest: (columns) => shorten(`no rule speaks of this trace of ${counted(frames, "frame")}`, columns),
  };
}

/** The verdict on an entry in one line of at most `columns`. */
export function verdictLine(entry: Entry, palette: Palette, columns: number): string {
  const { head, rest } = sentence(entry);
  const short = shortenMiddle(head, Math.floor(columns / 2));
  const paint = head === "no offender" ? palette.good : palette[entry.finding?.severity ?? "note"];
  return `${paint(palette.strong(`${short}:`))} ${rest(columns - width(short) - 2)}`;
}

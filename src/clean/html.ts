import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { mayBeDamagedFrame } from "./damaged-frames.js";
import { matchesOutsideStrings } from "./strings.js";

const names = "lt|gt|quot|apos|nbsp|ldquo|rdquo|lsquo|rsquo|hellip|ndash|mdash|shy|#\\d{1,7}|#x[\\da-f]{1,6}";
const entityText = `&((?:amp;)*)(?:(${names});)?`;
/** An entity that no gdb prints outside of a string. */
const telling = new RegExp(`&((?:amp;)*)(?:${names});`, "gi");

const inline =
  "a|b|i|u|s|em|tt|span|font|code|samp|kbd|strong|small|big|sub|sup|mark|del|ins|wbr|button|img|svg|path";
const block =
  "br|p|hr|li|ol|ul|dl|dd|dt|tr|th|td|div|pre|h[1-6]|blockquote|table|thead|tbody|section|article|body|html";
const tagText = `</?(?:${inline}|${block})(?:\\s[^<>\\n]{0,1024})?/?>`;
const mark = new RegExp(`&(?:amp;)*(?:${names});|${tagText}`, "i");
const tagOrEntity = new RegExp(`${tagText}|${entityText}`, "gi");
/** A tag, or a string: whichever begins first is what it seems to be. */
const tagOrString = new RegExp(`${tagText}|"(?:[^"\\\\\\n]|\\\\[^\\n])*"`, "gi");
const blockTag = new RegExp(`^</?(?:${block})[\\s/>]`, "i");
const certainTag = /^<\/|^<br[\s/>]|="[^"]*"|='[^']*'/i;
/** A tag between a line's start and a level, behind a level, or at the end of a frame. */
const tagAroundFrame = new RegExp(
  `${tagText}[\\s>]{0,8}(?:&gt;[\\s>]{0,8}){0,8}#\\d|#\\d{1,7}${tagText}|(?:\\)|:\\d{1,7}|\\.so[.\\d]{0,16})\\s{0,8}${tagText}|<(?:a|span|font|div|pre|code|p|td) [a-z-]+=["']`,
  "i",
);
/** What gdb prints in angle brackets: where it still stands, nobody escaped the line. */
const rawMarker =
  /<(?:optimi[sz]ed out|signal handler called|synthetic pointer|error reading|repeats \d|[\w.]+\+\d+>)/;

/** How a text shows itself to be HTML. */
interface Evidence {
  /** How many times it was escaped. */
  depth: number;
  tags: boolean;
}

/** Undoes the HTML of a page or mail that was pasted as source: tags and entities, where frames are in their midst. */
export function html(view: View): Edit[] {
  const { text } = view;
  if (!mark.test(text)) return [];
  const evidence = evidenceOf(text);
  if (evidence.depth === 0 && !evidence.tags) return [];
  return [...linesOf(text)].flatMap(({ start, end }) => {
    const line = text.slice(start, end);
    const escaped = evidence.depth > 0 && !rawMarker.test(withoutStrings(line));
    return escaped ? escapedLine(line, start, text, evidence.depth) : plainLine(line, start, text);
  });
}

function evidenceOf(text: string): Evidence {
  const evidence: Evidence = { depth: 0, tags: false };
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    if (!/[&<]/.test(line) || !mayBeDamagedFrame(line)) continue;
    if (!rawMarker.test(line)) {
      for (const match of matchesOutsideStrings(line, telling)) {
        evidence.depth = Math.max(evidence.depth, timesEscaped(match[1]));
      }
    }
    evidence.tags ||= tagAroundFrame.test(withoutStrings(line));
  }
  return evidence;
}

/** `&lt;` once, `&amp;lt;` twice. */
function timesEscaped(amps: string | undefined): number {
  return Math.min(deepest, (amps?.length ?? 0) / "amp;".length + 1);
}

const deepest = 4;

function withoutStrings(line: string): string {
  return line.replace(tagOrString, (found) => (found.startsWith('"') ? '""' : found));
}

/** All that begins with `<` or `&` is HTML's. */
function escapedLine(line: string, base: number, text: string, depth: number): Edit[] {
  if (!/[<&]/.test(line)) return [];
  return Array.from(line.matchAll(tagOrEntity)).flatMap(({ index, 0: found, 1: amps = "", 2: name }) => {
    const at = base + index;
    const instead = found.startsWith("<")
      ? standIn(found, text, at)
      : unescaped(amps.length / "amp;".length, name, depth);
    return instead === found ? [] : [edit(at, at + found.length, instead)];
  });
}

/** Without escapes a `<p>` may be a template argument, and one in a string is the program's. */
function plainLine(line: string, base: number, text: string): Edit[] {
  if (!line.includes("<")) return [];
  return Array.from(line.matchAll(tagOrString)).flatMap(({ index, 0: found }) => {
    const doubtful = !certainTag.test(found) && /[\w:]/.test(line[index - 1] ?? "");
    if (found.startsWith('"') || doubtful) return [];
    return [edit(base + index, base + index + found.length, standIn(found, text, base + index))];
  });
}

/** A block begins a line of its own, where the source has no break there. */
function standIn(found: string, text: string, at: number): string {
  if (!blockTag.test(found)) return "";
  if (/^<\/?t[dh]/i.test(found)) return " ";
  const before = text[at - 1] ?? "\n";
  const after = text[at + found.length] ?? "\n";
  return /[\r\n]/.test(before) || /[\r\n]/.test(after) ? "" : "\n";
}

/** `&`, so many `amp;` and an entity's name, with `depth` of the escapes taken off. */
function unescaped(amps: number, name: string | undefined, depth: number): string {
  if (name !== undefined && amps < depth) return characterOf(name.toLowerCase());
  const left = Math.max(0, amps - depth);
  return `&${"amp;".repeat(left)}${name === undefined ? "" : `${name};`}`;
}

const characters: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  shy: "",
};

function characterOf(name: string): string {
  if (!name.startsWith("#")) return characters[name] ?? "";
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : "\ufffd";
}

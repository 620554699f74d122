import { linesOf } from "../text/lines.js";
import { type Edit, replacing, type View } from "../text/view.js";

const escapes = /#0(?:11|12|15|40)/g;

/**
 * Makes the line ends that rsyslog wrote as `#012` (`$EscapeControlCharactersOnReceive`, its default: `#` and three octal digits)
 * line ends again: a whole message of systemd-coredump stands on one line of /var/log/messages.
 */
export function syslogEscapes(view: View): Edit[] {
  const { text } = view;
  if (!text.includes("#012")) return [];
  const edits: Edit[] = [];
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    if (!/#012[^\n]{0,4096}#012/.test(line)) continue;
    for (const one of replacing(line.matchAll(escapes), plain, start)) edits.push(one);
  }
  return edits;
}

function plain(found: string): string {
  if (found === "#012") return "\n";
  return found === "#011" ? "\t" : found === "#040" ? " " : "";
}

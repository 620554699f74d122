import { type Edit, replacing, type View } from "../text/view.js";

/** gdb's pager, which stops between any two lines and inside a wrapped frame; what was typed follows on its line. */
const pager =
  /^[ \t]*-{2,3}Type <(?:RET|return)> (?:for more|to continue), (?:or )?q(?: <return>)? to quit(?:, c to continue without paging)?-{2,3}.*\n?/gm;

/** Takes the pager's lines out. */
export function paging(view: View): Edit[] {
  if (!view.text.includes("--Type <")) return [];
  return replacing(view.text.matchAll(pager), "");
}

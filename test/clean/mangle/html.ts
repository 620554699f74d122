/** A text with the characters escaped that mean something in HTML, `depth` times. */
export function asEntities(text: string, depth = 1): string {
  const once = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
  return depth > 1 ? asEntities(once, depth - 1) : once;
}

/** A page's source: escaped, each line in a span and ended by a tag. */
export function asPage(text: string): string {
  const lines = asEntities(text).split("\n");
  return `<html><body><p>${lines.map((line) => `<span class="line">${line}</span>`).join("<br/>")}</p></body></html>`;
}

/** A quoted mail as the archives of pipermail show it in their source. */
export function asPipermail(text: string): string {
  const lines = asEntities(text).trimEnd().split("\n");
  return `<PRE>${lines.map((line) => `&gt;<i> ${line}\n</I>`).join("")}\n</PRE>\n`;
}

/** Line ends made tags by somebody who escaped nothing. */
export function withBreakTags(text: string): string {
  return text.replaceAll("\n", "<br>\n");
}

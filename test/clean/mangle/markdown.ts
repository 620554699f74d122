/** A fence that was opened on the line of the first frame, and closed on that of the last. */
export function fencedInLine(text: string): string {
  return `\`\`\`${text.trimEnd()}\`\`\`\n`;
}

/** Every frame in a code span of its own. */
export function asCodeSpans(text: string): string {
  return text.replace(/^#\d.*$/gm, "`$&`");
}

/** Every frame an item of a list. */
export function asItems(text: string, bullet: "*" | "-" | "•" | "1."): string {
  return text.replace(/^#\d.*$/gm, `${bullet} $&`);
}

/** Every frame a row of a table. */
export function asRows(text: string): string {
  return text.replace(/^#\d.*$/gm, "| $& |");
}

/** Every level a link to the issue of that number. */
export function withLinkedLevels(text: string): string {
  return text.replace(/^#(\d+)/gm, "[#$1](https://bugs.example.org/issues/$1)");
}

/** Every level kept from becoming a heading, and names from becoming bold. */
export function asEscaped(text: string): string {
  return text
    .replace(/^#/gm, "\\#")
    .replace(
      /^(\\#\d+ +(?:0x[0-9a-f]+ in )?)([\w_]+) \(/gm,
      (_, start: string, name: string) => `${start}${name.replaceAll("_", "\\_")} (`,
    );
}

/** Headings that an editor made of `#0`. */
export function asHeadings(text: string): string {
  return text.replace(/^#(?=\d)/gm, "# ");
}

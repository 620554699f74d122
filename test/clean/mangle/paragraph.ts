/** The lines of a text run together, as a page without preformatting shows them. */
export function asParagraph(text: string): string {
  return text.trimEnd().replaceAll("\n", " ");
}

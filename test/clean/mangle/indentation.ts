/** A text moved to the right, all lines alike. */
export function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}

/** What word processors make of quotes and dots while one types. */
export function asTypeset(text: string): string {
  return text
    .replace(/"((?:[^"\\\n]|\\.)*)"/g, (_, inside: string) => `“${inside.replaceAll('\\"', "\\“")}”`)
    .replace(/(?<=\d )'(\\?[^\n])'/g, "‘$1’")
    .replaceAll("...", "…");
}

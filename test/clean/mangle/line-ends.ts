/** Line ends that some system or program takes for such. */
export const lineEnds = ["\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029"] as const;

/** A text with other line ends. */
export function withLineEnds(text: string, lineEnd: string): string {
  return text.replaceAll("\n", lineEnd);
}

/** A download's counter in front of a text, each state over the last one. */
export function afterProgress(text: string): string {
  return `Downloading 3%\rDownloading 50%\rDownloading 100%\r${text}`;
}

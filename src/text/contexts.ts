/** What a thread is and does, outermost first, as people say it: `the main loop, in a bottom half`. Empty where nothing is known. */
export function contextText(titles: readonly string[]): string {
  return titles.join(", in ");
}

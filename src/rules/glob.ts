/** Tells whether a text fits a pattern. */
export type Matcher = (text: string) => boolean;

/**
 * Compiles globs (`*` any run of characters, `?` one) into one matcher. Time is bounded by the product of the lengths of
 * pattern and text, whatever the text: names in a log are hostile input, so no regular expression is made of a pattern.
 */
export function anyOf(patterns: readonly string[]): Matcher {
  const names = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const globs = patterns.filter((pattern) => /[*?]/.test(pattern));
  return (text) => names.has(text) || globs.some((glob) => fits(glob, text));
}

/** Like {@link anyOf}, over paths: a pattern stands for the end of the path, at a folder's border. */
export function anyPathOf(patterns: readonly string[]): Matcher {
  const matches = anyOf(patterns.flatMap((pattern) => [pattern, `*/${pattern}`]));
  return (path) => matches(path.replaceAll("\\", "/"));
}

function fits(glob: string, text: string): boolean {
  let [at, inText] = [0, 0];
  let [star, resume] = [-1, 0];
  while (inText < text.length) {
    if (glob[at] === "*") {
      star = at++;
      resume = inText;
    } else if (at < glob.length && (glob[at] === "?" || glob[at] === text[inText])) {
      at++;
      inText++;
    } else if (star !== -1) {
      at = star + 1;
      inText = ++resume;
    } else return false;
  }
  while (glob[at] === "*") at++;
  return at === glob.length;
}

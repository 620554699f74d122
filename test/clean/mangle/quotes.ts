/** Marks that mailers put in front of a quoted line, whatever it holds. */
export const arrows = ["> ", ">> ", "> > ", ">>> ", "> >> > "] as const;

/** Marks that people and older mailers use; two frames are needed to know them. */
export const initials = ["| ", "JD> ", "Foo> ", ": ", "% ", "] ", "} "] as const;

/** A text with a mark in front of every line, empty ones too. */
export function quoted(text: string, mark: string): string {
  return text
    .split("\n")
    .map((line) => mark + line)
    .join("\n");
}

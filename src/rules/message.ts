/** What a message's placeholders stand for; an absent one is spoken of in general words. */
export type MessageData = Readonly<Record<string, string>>;

const placeholder = /\{([a-z][a-z0-9-]*)\}/g;

const general: MessageData = {
  site: "a caller",
  blame: "the blamed function",
  touch: "the reading function",
  crash: "a function that is not named",
  holder: "nobody on the stack",
  candidate: "nobody on the stack",
  expression: "a condition that is not shown",
  signal: "a signal",
  thread: "a thread",
};

/** Fills `{name}` from the data. Text that came from the input is put in as it is, never filled again. */
export function fill(template: string, data: MessageData): string {
  return template.replace(placeholder, (_, name: string) => data[name] ?? general[name] ?? "unknown");
}

/** The names that a template asks for. */
export function placeholdersOf(template: string): string[] {
  return Array.from(template.matchAll(placeholder), ([, name]) => name ?? "");
}

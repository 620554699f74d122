/** An input that cannot be read, and what to do about it; both halves are ready to be shown. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
  readonly hint: string;
  /** The system's code (`ENOENT`), or null for a limit of ours. */
  readonly code: string | null;

  constructor(message: string, hint: string, code: string | null, cause?: unknown) {
    super(message, { cause });
    this.hint = hint;
    this.code = code;
  }
}

const reasons: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOENT: ["no such file", "check the path"],
  ENOTDIR: ["no such file", "check the path: a part of it is not a directory"],
  EISDIR: ["is a directory", "name the files in it"],
  EACCES: ["permission denied", "make it readable, or copy it"],
  EPERM: ["permission denied", "make it readable, or copy it"],
  ELOOP: ["too many symbolic links", "name the file itself"],
  ENAMETOOLONG: ["the name is too long", "check the path"],
  EIO: ["the device reports an input error", "copy the file elsewhere first"],
};

/** What the system's `code` means for who named the input. */
export function refusal(code: string, cause?: unknown): UnreadableError {
  const [message, hint] = reasons[code] ?? [`cannot be read (${code})`, "check the file"];
  return new UnreadableError(message, hint, code, cause);
}

/** The same in words, where `error` is what the system said about an input; else `error` itself. */
export function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  return "code" in error && typeof error.code === "string" ? refusal(error.code, error) : error;
}

/** What programs that keep logs put in front of the line with the given number. */
export const stamps: Readonly<Record<string, (line: number) => string>> = {
  GitLab: (line) => `2024-05-01T10:00:${second(line)}.123456Z 00O `,
  GitHub: (line) => `2024-05-01T10:00:${second(line)}.1234567Z `,
  "GitHub's command line": (line) => `build\tRun tests\t2024-05-01T10:00:${second(line)}.1234567Z `,
  "GitHub's errors": (line) => `2024-05-01T10:00:${second(line)}.1234567Z ##[error]`,
  journalctl: (line) => `May 01 10:00:${second(line)} host prog[123]: `,
  "journalctl -o short-iso": (line) => `2024-05-01T10:00:${second(line)}+0200 host prog[1]: `,
  "journalctl -o short-precise": (line) => `May 01 10:00:${second(line)}.123456 host qemu-kvm[1]: `,
  "journalctl -o short-monotonic": (line) => `[   12.3456${second(line)}] host prog[1]: `,
  "docker logs -t": (line) => `2024-05-01T10:00:${second(line)}.123456789Z `,
  "docker compose": () => "web-1  | ",
  "a compose service without a number": () => "database  | ",
  "docker build": (line) => `#13 2.8${second(line)} `,
  Jenkins: (line) => `[2024-05-01T10:00:${second(line)}.123Z] `,
  "a time": (line) => `10:00:${second(line)} `,
  "a time in brackets": (line) => `[12:00:${second(line)}] `,
  "the kernel": (line) => `[   12.3${second(line)}] `,
  "the kernel with a level": (line) => `<6>[ 12.${second(line)}] `,
  Buildkite: (line) => `\x1b_bk;t=17150000000${second(line)}\x07`,
  "a stream": () => "stderr: ",
  "a stream with a bar": () => "stderr| ",
  TAP: () => "# ",
  "a line number": (line) => `${String(line + 95).padStart(4)} | `,
  "a bar": () => "|   ",
  pytest: () => "E   ",
  ninja: () => "[3/120] ",
  logcat: () => "I/DEBUG  (  123): ",
  "logcat -v threadtime": (line) => `05-01 10:00:${second(line)}.123  1234  1234 F DEBUG   : `,
  "Python's logging": (line) => `2025-03-03 13:03:${second(line)},592 - INFO - `,
  "a program's name": () => "qemu-test: ",
};

function second(line: number): string {
  return String(line % 60).padStart(2, "0");
}

/** A text with a stamp in front of every line, empty ones too. */
export function stamped(text: string, stamp: (line: number) => string): string {
  return text
    .split("\n")
    .map((line, index) => stamp(index) + line)
    .join("\n");
}

/** GitLab's log of a text whose lines came in pieces: `00O+` in front of what goes on with the line above. */
export function inPieces(text: string, length: number): string {
  const pieces = (line: string): string[] =>
    Array.from({ length: Math.max(1, Math.ceil(line.length / length)) }, (_, index) =>
      line.slice(index * length, (index + 1) * length),
    );
  const stamp = "2024-05-01T10:00:00.123456Z 00O";
  return text
    .split("\n")
    .flatMap((line) => pieces(line).map((piece, index) => `${stamp}${index === 0 ? " " : "+"}${piece}`))
    .join("\n");
}

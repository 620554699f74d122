/** Signal numbers of Linux on most architectures, for those that end a process. */
const names: Readonly<Record<string, string>> = {
  3: "SIGQUIT",
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
  31: "SIGSYS",
};

/** The name of a signal that is given by its number (gdb before 7.4 printed `terminated with signal 11`); null for others. */
export function signalName(number: string): string | null {
  return names[number] ?? null;
}

/** Signal numbers of Linux on most architectures, and their names. */
const names: ReadonlyMap<string, string> = new Map(
  [
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG",
    "XCPU XFSZ VTALRM PROF WINCH IO PWR SYS",
  ]
    .join(" ")
    .split(" ")
    .map((name, index) => [String(index + 1), `SIG${name}`]),
);

/** Signals without a name of their own: threads libraries use the first ones, programs the others. */
const realTime = /^(?:3[2-9]|[45]\d|6[0-4])$/;

/**
 * The name of a signal that is given by its number (gdb before 7.4 printed `terminated with signal 11`); one for real-time
 * use is named as gdb does (`SIG34`). Null for what is no number of a signal.
 */
export function signalName(number: string): string | null {
  return names.get(number) ?? (realTime.test(number) ? `SIG${number}` : null);
}

/** `0` is what gdb says of a stop without a signal. */
const routine = new Set(
  [
    "0 SIGTRAP SIGINT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGCONT SIGCHLD SIGCLD SIGURG SIGWINCH SIGIO SIGPOLL SIGINFO",
    "SIGUSR1 SIGUSR2 SIGALRM SIGVTALRM SIGPROF SIGTERM SIGHUP SIGPWR SIGXCPU SIGLWP SIGCANCEL",
  ]
    .join(" ")
    .split(" "),
);

/** Whether a signal stops a process under a debugger, or is sent to it on purpose: by itself it tells of no crash. */
export function isRoutineSignal(name: string): boolean {
  return routine.has(name) || /^SIG\d+$/.test(name);
}

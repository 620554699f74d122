/** `p memory_region_transaction_depth`, with or without a format. */
const print = /^(?:p|print|inspect|output|call)(?:\/\w+)?\s+(\S.*)$/;

/** Commands behind which the program has run on, so that what was said and printed before them is old. */
const resuming =
  /^(?:r|run|c|cont|continue|n|next|s|step|ni|si|nexti|stepi|finish|fin|until|u|advance|start|starti|jump|kill|detach|signal|rc|reverse-\w+)\b/;
/** Commands behind which another program is looked at. */
const switching = /^(?:core-file|core|attach|file|exec-file|target|inferior)\b/;
/** What gdb says where the program runs on; commands that are piped in are not echoed. */
const running = /^(?:Continuing\.|Continuing with signal |Starting program: |Run till exit from)/;

/** Commands that print stacks; those of QEMU come with its scripts/qemugdb. */
const backtrace =
  /^(?:bt|backtrace|where|info\s+(?:s|stack)|qemu\s+(?:bt|coroutine)|thread\s+apply|taas|tfaas|faas|frame\s+apply)\b/;

const quietly = /^(?:thread\s+apply\b.*\s-q\b|t?faas\b|taas\b)/;

const coroutine = /^qemu\s+coroutine\s+(\S+)/;

/** The expression whose value a command typed at gdb's prompt prints; null for all other commands. */
export function printedExpression(command: string): string | null {
  return print.exec(command)?.[1]?.trimEnd() ?? null;
}

/** Whether the program runs on behind a command. */
export function runsOn(command: string): boolean {
  return resuming.test(command);
}

/** Whether another program is looked at behind a command. */
export function looksElsewhere(command: string): boolean {
  return switching.test(command);
}

/** Whether gdb says with a line that the program runs on. */
export function tellsOfRunning(line: string): boolean {
  return running.test(line);
}

/** The command, where it is one that prints stacks. */
export function backtraceCommand(command: string): string | null {
  return backtrace.test(command) ? command.trimEnd() : null;
}

/** Whether a command prints the stacks of threads one behind the other, without headers. */
export function printsWithoutHeaders(command: string | null): boolean {
  return command !== null && quietly.test(command);
}

/** The coroutine whose stack a command of QEMU's shows. */
export function coroutineOf(command: string): string | null {
  return coroutine.exec(command)?.[1] ?? null;
}

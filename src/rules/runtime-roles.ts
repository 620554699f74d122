/** The roles of the pack `runtime`, always loaded, that the engine itself reads; every pack may name them too. */

/** The C library, threads, malloc, abort, assertions, signal delivery, panics: never the frame where a crash is. */
export const machinery = "machinery";
/** Prints the message of a failed assertion and dies. */
export const reporter = "assertion-reporter";
/** Ends the process on purpose. */
export const abort = "abort";
/** Where a signal interrupted the thread. */
export const delivery = "signal-delivery";
/** Sends a signal that its argument names. */
export const raise = "raise";
/** Raises an exception or a panic: what it calls is machinery, also where it has no name. */
export const thrower = "throw";
/** What these call is machinery, also where it has no name: they end the process, or say why it ends. */
export const deadly: readonly string[] = [abort, reporter, thrower];
/** Writes a log, and dies by a trap where that says that something must not go on. */
export const fatalLog = "fatal-log";
/** Waits for a lock. */
export const waiting = "lock-wait";
/** Where a thread, a coroutine or a program begins. */
export const threadStart = "thread-start";
/** Takes a lock for its caller. */
export const lockCall = "lock-call";
/** Does not return before a lock is given: a thread in it waits. */
export const lockBlock = "lock-block";
/** Waits for a condition variable: no lock, as long as no lock's functions stand further in. */
export const conditionWait = "condition-wait";
/** Waits for the end of a thread. */
export const threadJoin = "thread-join";
/** Works on the memory that its caller gives it, and never has a null pointer given on purpose. */
export const stringFunction = "string-function";

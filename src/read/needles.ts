/** How many bytes around a hit are worth looking at: from so many before it to so many after it. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

/** Text that stands where something was said about a crash. */
export interface Phrase {
  /** ASCII. One with a `#` is found by that. */
  readonly text: string;
  readonly reach: Reach;
  /**
   * What it is found by: some {@link probeLength} characters that begin within the phrase, the same distance from its start;
   * its first ones where nothing is said. Those that are rare in logs cost least: `ne,vari` is better than `^done,v`.
   */
  readonly probes?: readonly string[];
  /** Looks at the bytes from `after` (just behind the phrase): whether this is more than a common word. */
  readonly confirmed?: (bytes: Uint8Array, after: number) => boolean;
  /** For the header of a thread: its number, read from the bytes at `after`. */
  readonly thread?: (bytes: Uint8Array, after: number) => number;
}

/** How many characters the sieve looks for: seven of them hold a whole aligned word of four. */
export const probeLength = 7;

/** So many bytes before and after a place are enough to know whether a phrase or a frame begins there. */
export const context = { before: 64, after: 1024 } as const;

/** `bt full` puts whole structures between two frames, so what follows a frame may be far away. */
export const frameReach: Reach = { before: 4 * 1024, after: 64 * 1024 };

/** A message stands alone; what came before it can show that it is quoted in a patch. */
const messageReach: Reach = { before: 4 * 1024, after: 4 * 1024 };

const [tab, newline, carriageReturn, escapeByte, blank] = [9, 10, 13, 27, 32];
const [quote, ampersand, apostrophe, opening, closing] = [34, 38, 39, 40, 41];
const [dot, slash, zero, nine, equals, at, backslash, x] = [46, 47, 48, 57, 61, 64, 92, 120];
const less = 60;

/** Whether a byte is a decimal digit of ASCII. */
export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= zero && byte <= nine;

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;

/** A byte of a name, ASCII or not. */
const isWord = (byte: number | undefined): boolean =>
  isLetter(byte) || isDigit(byte) || byte === 95 || byte === 36 || (byte !== undefined && byte >= 0x80);

const isBlank = (byte: number | undefined): boolean => byte === blank || byte === tab;

const isLineEnd = (byte: number | undefined): boolean => byte === newline || byte === carriageReturn;

/** `Thread 12 (`, `Thread 1.2 (`: the words after a header's `Thread `. */
function isThreadHeader(bytes: Uint8Array, after: number): boolean {
  let here = after;
  while (here < after + 16 && (isDigit(bytes[here]) || bytes[here] === dot)) here += 1;
  return here > after && bytes[here] === blank && bytes[here + 1] === opening;
}

/** The number of a thread's header; of `1.2` the second: inferiors come one after the other. */
function threadNumber(bytes: Uint8Array, after: number): number {
  let number = 0;
  for (let here = after; bytes[here] !== blank && here < after + 16; here += 1) {
    const byte = bytes[here] ?? zero;
    number = byte === dot ? 0 : number * 10 + byte - zero;
  }
  return number;
}

/** `Assertion failed`, `assertion "E" failed`, and the same broken at the margin; not `assertions`, not `assertion.c`. */
function isWholeWord(bytes: Uint8Array, after: number): boolean {
  const next = bytes[after];
  return isBlank(next) || isLineEnd(next) || next === quote || next === apostrophe || next === escapeByte;
}

/** `1  0x0000555555555040 in `: a frame whose `#` was lost. */
function isAddressOfFrame(bytes: Uint8Array, after: number): boolean {
  let here = after;
  while (here < after + 16 && (isDigit(bytes[here]) || isLetter(bytes[here]))) here += 1;
  return here >= after + 6 && bytes[here] === blank && bytes[here + 1] === 105 && bytes[here + 2] === 110;
}

/** `frame #12: 0x`: what follows lldb's `frame #`. */
function isLldbLevel(bytes: Uint8Array, after: number): boolean {
  let here = after;
  while (here < after + 8 && isDigit(bytes[here])) here += 1;
  return here > after && bytes[here] === 58;
}

/**
 * How the addresses begin where x86-64 and arm64 Linux load programs and libraries. Without them the opening of a return
 * address of glibc's `backtrace_symbols` (`./a.out(main+0x9)[0x557928d7d18c]`) would be found in every second log.
 */
const loadAddresses: readonly string[] = [
  ...["55", "56", "7f"].flatMap((start) => [..."0123456789abcdef"].map((digit) => start + digit)),
  "aaaa",
  "ffff",
];

/** Whether an address of {@link loadAddresses} follows. */
function isLoadAddress(bytes: Uint8Array, after: number): boolean {
  return loadAddresses.some((start) => {
    for (let index = 0; index < start.length; index += 1) {
      if (bytes[after + index] !== start.charCodeAt(index)) return false;
    }
    return true;
  });
}

/** The opening of a return address, see {@link loadAddresses}. */
function returnAddress(opening: string): Phrase {
  const probes = loadAddresses.map((start) => (opening + start).slice(0, probeLength));
  return { text: opening, probes: [...new Set(probes)], reach: frameReach, confirmed: isLoadAddress };
}

/**
 * What gdb prints around a trace, and the messages with which a C library, GLib, C++, Rust and QEMU announce that a
 * program ends itself. Those of gdb's own assert frames need no needle: they are frames.
 */
export const phrases: readonly Phrase[] = [
  { text: "Thread ", reach: frameReach, confirmed: isThreadHeader, thread: threadNumber },
  { text: "received signal ", probes: ["d signa"], reach: frameReach },
  { text: "terminated with signal ", probes: ["rminate"], reach: frameReach },
  { text: "Core was generated by ", probes: [" was ge"], reach: frameReach },
  { text: "Current thread is ", reach: frameReach },
  // What coredumpctl, sanitizers, lldb, Rust and gdb/MI put around their frames, where these alone are no needles.
  { text: "Stack trace of thread ", reach: frameReach },
  // A list of modules may stand between the fields of coredumpctl and the stacks.
  { text: "dumped core.", reach: frameReach },
  { text: "==ERROR: ", reach: frameReach },
  { text: "Sanitizer: ", probes: ["itizer:"], reach: frameReach },
  { text: "runtime error: ", probes: ["ntime e"], reach: messageReach },
  { text: "frame #", reach: frameReach, confirmed: isLldbLevel },
  { text: "stack backtrace:", probes: ["ack bac"], reach: frameReach },
  // ABRT's `Thread no. 1 (5 frames)`, and the headings of glog and Abseil: no line below them is a needle.
  { text: "Thread no. ", probes: ["ead no."], reach: frameReach },
  { text: "stack trace: ***", probes: ["ce: ***"], reach: frameReach },
  { text: "*** Aborted at ", probes: ["Aborted"], reach: frameReach },
  { text: "*** SIG", reach: frameReach },
  { text: "frame={level=", probes: ["me={lev"], reach: frameReach },
  { text: "^done,variables=", probes: ["one,var"], reach: frameReach },
  { text: "^done,threads=", probes: ["one,thr"], reach: frameReach },
  { text: "*stopped,reason=", probes: ["ped,rea"], reach: frameReach },
  { text: "*stopped,frame=", probes: ["ped,fra"], reach: frameReach },
  // A level without its `#`: git took the line for a comment. 64-bit addresses, and those of 32-bit libraries and programs.
  ...["1  0x00", "1  0x08", "1  0xb7", "1  0xf7"].map((text) => ({
    text,
    reach: frameReach,
    confirmed: isAddressOfFrame,
  })),
  returnAddress(")[0x"),
  returnAddress(") [0x"),
  // `Assertion `, `assertion `: glibc, musl, BSD, newlib, libstdc++, libc++, GLib, MSVC, Rust's assert_eq!.
  { text: "ssertion", reach: messageReach, confirmed: isWholeWord },
  { text: "should not be reached", probes: ["ould no"], reach: messageReach },
  { text: "Unexpected error", reach: messageReach },
  { text: "Fatal glibc error", probes: ["tal gli"], reach: messageReach },
  { text: "ERROR **: ", probes: ["ROR **:"], reach: messageReach },
  { text: "terminate called ", probes: ["rminate"], reach: messageReach },
  // `pure virtual method called`, `deleted virtual method called`, and what libc++ says of all that.
  { text: "virtual method called", probes: ["ual met"], reach: messageReach },
  { text: "libc++abi", probes: ["ibc++ab"], reach: messageReach },
  { text: "panicked at ", reach: messageReach },
  { text: "smashing detected", reach: messageReach },
  { text: "overflow detected", probes: ["verflow"], reach: messageReach },
  // Other messages between the stars of `__libc_message`: a format that writes, a jump, a file that is made without a mode.
  ...[
    "*** %n in",
    "*** invalid ",
    "*** longjmp causes",
    "*** bit out of range",
    "*** Error in `",
    "*** glibc detected",
  ].map((text) => ({ text, reach: messageReach })),
  { text: "overflowed its stack", probes: ["verflow"], reach: messageReach },
  { text: "panicked while ", reach: messageReach },
  {
    text: "memory allocation of ",
    probes: ["mory al"],
    reach: messageReach,
    confirmed: (bytes, after) => isDigit(bytes[after]),
  },
  { text: "futex facility", probes: ["x facil"], reach: messageReach },
  { text: "Co-routine ", reach: messageReach },
  { text: "double free ", probes: ["le free"], reach: messageReach },
  // `free(): invalid pointer`, `munmap_chunk(): invalid pointer`, `realloc(): invalid next size`.
  { text: "(): invalid ", reach: messageReach },
  { text: "malloc(): ", probes: ["loc(): "], reach: messageReach },
  { text: "free(): ", reach: messageReach },
  { text: "shutdown(): unaligned", probes: ["own(): "], reach: messageReach },
  { text: "corrupted double-linked", probes: ["ble-lin"], reach: messageReach },
  { text: "corrupted size vs. ", probes: ["ze vs. "], reach: messageReach },
  { text: "malloc_consolidate(): ", probes: ["solidat"], reach: messageReach },
];

/**
 * The first byte after the blanks that follow a level: blanks, tabs, no-break spaces (UTF-8, Latin-1) and colours.
 * `at` itself where none of them stands there.
 */
function afterGap(bytes: Uint8Array, at: number): number {
  let here = at;
  for (const end = at + 32; here < end; here += 1) {
    const byte = bytes[here];
    if (byte === escapeByte) {
      while (here < end && bytes[here] !== 109) here += 1;
    } else if (!isBlank(byte) && byte !== 0xc2 && byte !== 0xa0) break;
  }
  return here;
}

/** The level that stands behind the `#` at `hash`, where {@link mayBeFrame} says so; null where something parts them. */
export function levelAt(bytes: Uint8Array, hash: number): number | null {
  const start = bytes[hash + 1] === blank ? hash + 2 : hash + 1;
  let level = 0;
  let here = start;
  for (; isDigit(bytes[here]) && here < start + 8; here += 1)
    level = level * 10 + (bytes[here] ?? zero) - zero;
  return here === start ? null : level;
}

/** What can stand before the `#` of a frame: not a name (`CPU#0`, `issue#12`), an entity (`&#39;`) or a link. */
function mayPrecede(byte: number | undefined): boolean {
  if (byte === ampersand || byte === slash) return false;
  return !isLetter(byte) && !isDigit(byte);
}

/** `)`, `...`, `name=`, `name@`: what gdb prints after the parenthesis that opens a frame's arguments. */
function beginsArguments(bytes: Uint8Array, start: number): boolean {
  const first = bytes[start];
  if (first === closing || isLineEnd(first)) return true;
  if (first === dot) return bytes[start + 1] === dot;
  let here = start;
  if (first === escapeByte) here = afterGap(bytes, start);
  while (here < start + 80 && isWord(bytes[here])) here += 1;
  const next = bytes[here];
  return here > start && (next === equals || next === at || next === escapeByte);
}

/** The longest name that is looked through for its argument list; a longer one has neighbours that are shorter. */
const longestName = 400;

/** Whether an argument list opens soon after `start`: on the line, or (the line was wrapped) on the next one. */
function opensArguments(bytes: Uint8Array, start: number): boolean {
  const end = Math.min(start + longestName, bytes.length);
  let wrapped = false;
  for (let here = start; here < end; here += 1) {
    const byte = bytes[here];
    if (byte === opening && beginsArguments(bytes, here + 1)) return true;
    // Another frame begins before this one's arguments: that one will be looked at itself.
    if (byte === 35 && isDigit(bytes[here + 1]) && isBlank(bytes[here + 2])) return false;
    if (byte !== newline) continue;
    if (wrapped) return false;
    wrapped = true;
  }
  return false;
}

/**
 * Whether the `#` at `hash` may begin a line of a trace: an address, a name in angle brackets or a call
 * comes after its level. Cheap, and generous: one right answer per trace is enough, a wrong one costs a look at the text.
 */
export function mayBeFrame(bytes: Uint8Array, hash: number): boolean {
  return mayBePlainFrame(bytes, hash) || mayBeMangledFrame(bytes, hash);
}

/** What stands between a level and its address is so long at the most where a link was made of the level, or else. */
const longestLink = 200;
const longestDamage = 40;

/**
 * A level that something was put behind, on the way to its address: an entity, a tag, an escape, a link, mojibake; a level
 * that was parted from its `#` (`# 0  0x…`); or a `#` struck twice.
 */
function mayBeMangledFrame(bytes: Uint8Array, hash: number): boolean {
  if (bytes[hash + 1] === 8) return bytes[hash + 2] === 35 && isDigit(bytes[hash + 3]);
  let here = bytes[hash + 1] === blank ? hash + 2 : hash + 1;
  if (!isDigit(bytes[here]) || !mayPrecede(bytes[hash - 1])) return false;
  while (here < hash + 8 && isDigit(bytes[here])) here += 1;
  const next = bytes[here];
  if (isLetter(next) || isDigit(next) || next === 59) return false;
  const end = here + (next === 93 ? longestLink : longestDamage);
  for (; here < end; here += 1) {
    const byte = bytes[here];
    if (byte === undefined || byte === newline) return false;
    if (byte === zero && bytes[here + 1] === x && !isDigit(bytes[here - 1])) return true;
  }
  return false;
}

function mayBePlainFrame(bytes: Uint8Array, hash: number): boolean {
  let levelEnd = hash + 1;
  while (levelEnd < hash + 8 && isDigit(bytes[levelEnd])) levelEnd += 1;
  if (levelEnd === hash + 1) return false;
  let place = afterGap(bytes, levelEnd);
  if (isLineEnd(bytes[place])) place = afterGap(bytes, place + (bytes[place + 1] === newline ? 2 : 1));
  if (place === levelEnd) return false;
  const first = bytes[place];
  if (first === zero) return bytes[place + 1] === x;
  if (!mayPrecede(bytes[hash - 1]) || isDigit(first)) return false;
  if (first === less) return true;
  if (first === ampersand) return bytes[place + 1] === 108 && bytes[place + 2] === 116;
  const begins = isWord(first) || first === backslash || first === opening || first === 63 || first === 42;
  const unusual = first === 45 || first === 43 || first === dot || first === 126 || first === 123;
  return (begins || unusual) && opensArguments(bytes, place);
}

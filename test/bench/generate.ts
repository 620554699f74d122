/** Numbers that look random and are the same in every run (mulberry32); each call gives one in [0, 1). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick(random: Random, items: readonly string[]): string {
  return items[below(random, items.length)] ?? "";
}

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => below(random, 16).toString(16)).join("");

const words =
  "configure checking for whether the compiler accepts linking object test passed in seconds warning unused variable file ok note from build step done cache restored uploading artifacts".split(
    " ",
  );

/** One line of a build's or a test run's log. Now and then it has a `#`, or a word that the sieve must look at twice. */
function noiseLine(random: Random, number: number): string {
  const stamp = `2026-01-07T10:${10 + below(random, 50)}:${10 + below(random, 50)}.${100 + below(random, 900)}Z`;
  const text = Array.from({ length: 4 + below(random, 14) }, () => pick(random, words)).join(" ");
  const kind = below(random, 40);
  if (kind === 0) return `#${below(random, 30)} ${random().toFixed(3)} ${text}`;
  if (kind === 1) return `${stamp} # ${text}`;
  if (kind === 2)
    return `ok ${number} - ${text}: ${below(random, 90)} assertions, Thread pool ${below(random, 9)}`;
  if (kind < 20) return `${stamp} ${text}`;
  return `[${number}/${number + 99}] gcc -c -o obj/${hex(random, 8)}.o ../src/${pick(random, words)}.c -I/usr/include`;
}

/** About `size` bytes of log with nothing to find in it. */
export function noise(size: number, seed: number): Buffer {
  const random = seeded(seed);
  const lines: string[] = [];
  let length = 0;
  // A block of 4 MB, repeated: making it takes longer than reading it.
  for (let number = 1; length < Math.min(size, 4 * 1024 * 1024); number += 1) {
    const line = `${noiseLine(random, number)}\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.alloc(size, lines.join(""));
}

const functions = [
  "address_space_translate_internal",
  "virtio_scsi_handle_cmd_req",
  "ns::Box<long, 7>::operator<<",
  "aio_bh_poll",
  "std::function<int (int)>::operator()",
  "object_property_set",
  "qemu_loadvm_section_start_full",
  "(anonymous namespace)::Worker::run",
];

function argument(random: Random, index: number): string {
  const name = `arg${index}`;
  switch (below(random, 6)) {
    case 0:
      return `${name}=<optimized out>`;
    case 1:
      return `${name}=${name}@entry=0x${hex(random, 12)}`;
    case 2:
      return `${name}=0x${hex(random, 12)} "some text, with (brackets) and \\"quotes\\""`;
    case 3:
      return `${name}=0x${hex(random, 12)} <vmstate_virtio_scsi+${below(random, 64)}>`;
    case 4:
      return `${name}={x = ${below(random, 99)}, y = {1, 2, 3}}`;
    default:
      return `${name}=${below(random, 100_000)}`;
  }
}

function frame(random: Random, level: number): string {
  const count = below(random, 5);
  const list = Array.from({ length: count }, (_, index) => argument(random, index)).join(", ");
  const start = `#${String(level).padEnd(2)} 0x0000${hex(random, 12)} in ${pick(random, functions)} (${list})`;
  return below(random, 8) === 0
    ? `${start} from /lib/x86_64-linux-gnu/libglib-2.0.so.0`
    : `${start} at ../softmmu/${pick(random, words)}.c:${1 + below(random, 4000)}`;
}

function locals(random: Random): string {
  return Array.from(
    { length: below(random, 4) },
    (_, index) => `        ${argument(random, index).replace("=", " = ")}\n`,
  ).join("");
}

/** How a text of many traces is made up. */
export interface Shape {
  readonly title: string;
  readonly frames: number;
  readonly threads: number;
  /** With locals, as `bt full` prints. */
  readonly full: boolean;
}

function trace(random: Random, shape: Shape): string {
  const stacks: string[] = [];
  for (let thread = shape.threads; thread > 0; thread -= 1) {
    if (shape.threads > 1)
      stacks.push(`\nThread ${thread} (Thread 0x7f${hex(random, 10)} (LWP ${1000 + thread})):\n`);
    for (let level = 0; level < shape.frames; level += 1) {
      stacks.push(`${frame(random, level)}\n${shape.full ? locals(random) : ""}`);
    }
  }
  return `\nProgram terminated with signal SIGSEGV, Segmentation fault.\n(gdb) bt\n${stacks.join("")}(gdb) \n`;
}

/** A text of traces of one shape, of `frames` frames or a few more. */
export function traces(
  shape: Shape,
  frames: number,
  seed: number,
): { readonly text: string; readonly frames: number } {
  const random = seeded(seed);
  const parts: string[] = [];
  const perTrace = shape.frames * shape.threads;
  for (let made = 0; made < frames; made += perTrace) parts.push(trace(random, shape));
  return { text: parts.join(""), frames: parts.length * perTrace };
}

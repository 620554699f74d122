import { fileURLToPath } from "node:url";

/** A program of programs/, how it is compiled, and what is known of the crash. */
export interface Program {
  readonly title: string;
  readonly source: string;
  readonly compiler: "gcc" | "g++";
  readonly flags: readonly string[];
  /** gdb commands before `run`. */
  readonly setup: readonly string[];
  /** The finding that the reader must make of the session. */
  readonly rule: string;
  /** The innermost frame that is not machinery. */
  readonly crashFrame: string;
  /** The settings under which the stack is shown again; `default` always is. */
  readonly settings: readonly string[];
}

export const programsFolder = fileURLToPath(new URL("programs/", import.meta.url));

const widths = ["width 40", "width 60", "width 80", "width 132"];
const argumentSettings = ["arguments all", "arguments none", "arguments presence"];
const entrySettings = ["no", "only", "preferred", "if-needed", "both", "compact"].map(
  (mode) => `entry ${mode}`,
);
const lineSettings = [
  "no addresses",
  "every address",
  "short",
  "absolute",
  "basename",
  "full",
  "full pretty",
];
const everything = [...widths, ...argumentSettings, ...entrySettings, ...lineSettings];

export const programs: readonly Program[] = [
  {
    title: "a failed assertion",
    source: "assert.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: [],
    rule: "crash/assertion",
    crashFrame: "check",
    settings: everything,
  },
  {
    title: "a null pointer below a recursion",
    source: "segfault.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: [],
    rule: "crash/signal",
    crashFrame: "sum",
    settings: everything,
  },
  {
    title: "an abort in a signal handler",
    source: "handler.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: ["handle SIGUSR1 nostop noprint pass"],
    rule: "crash/abort",
    // Where the signal was delivered: the handler counts as machinery of the crash.
    crashFrame: "work",
    settings: everything,
  },
  {
    title: "functions inlined at -O2",
    source: "inline.c",
    compiler: "gcc",
    flags: ["-O2"],
    setup: [],
    rule: "crash/abort",
    crashFrame: "stop",
    settings: everything,
  },
  {
    title: "C++ templates, operators and lambdas",
    source: "shapes.cpp",
    compiler: "g++",
    flags: ["-O0", "-std=c++17"],
    setup: [],
    rule: "crash/abort",
    crashFrame: "shapes::(anonymous namespace)::Abort::operator()",
    settings: everything,
  },
  {
    title: "threads",
    source: "threads.c",
    compiler: "gcc",
    flags: ["-O0", "-pthread"],
    setup: [],
    rule: "crash/abort",
    crashFrame: "fail",
    settings: [...widths, "no addresses"],
  },
  {
    title: "a device that is loaded inside a memory transaction",
    source: "loadvm.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: [],
    rule: "qemu-memory/flatview-in-transaction",
    crashFrame: "address_space_to_flatview",
    settings: everything,
  },
  {
    title: "the same, with everything inlined",
    source: "loadvm.c",
    compiler: "gcc",
    flags: ["-O2", "-fno-optimize-sibling-calls"],
    setup: [],
    rule: "qemu-memory/flatview-in-transaction",
    crashFrame: "address_space_to_flatview",
    settings: everything,
  },
];

import { fileURLToPath } from "node:url";
import { entryModes, widths } from "./settings.js";

/** A program of programs/ (none is named like a file of the C library: gdb would look into it for that), how it is compiled, and what is known of the crash. */
export interface Program {
  readonly title: string;
  readonly source: string;
  readonly compiler: "gcc" | "g++" | "rustc";
  readonly flags: readonly string[];
  /** gdb commands before `run`. */
  readonly setup: readonly string[];
  /** gdb commands after the program has stopped. */
  readonly afterStop?: readonly string[];
  /** The finding that the reader must make of the session; null where nothing crashed. */
  readonly rule: string | null;
  /** The innermost frame that is not machinery; null where its name is not known. */
  readonly crashFrame: string | null;
  /** The settings under which the stack is shown again; `default` always is. */
  readonly settings: readonly string[];
  /** False where a core file does not show the same stack. */
  readonly core?: false;
  /** What the last line says of the stack's end. */
  readonly end?: string;
  /** False where MI prints values in another way than the command line: those of Rust as if they were C's. */
  readonly values?: false;
  /** By the number that MI gives a thread: the one that gdb's command line shows, as soon as there are two processes. */
  readonly threadNumbers?: Readonly<Record<string, string>>;
  /** Whether it is run once more in a terminal, with colours. */
  readonly coloured?: boolean;
}

export const programsFolder = fileURLToPath(new URL("programs/", import.meta.url));

const argumentSettings = ["arguments all", "arguments none", "arguments presence"];
const lineSettings = [
  "no addresses",
  "every address",
  "short",
  "with source",
  "absolute",
  "basename",
  "full",
  "full pretty",
  "full width 80",
];
const everything = [
  ...widths,
  ...argumentSettings,
  ...entryModes.map((mode) => `entry ${mode}`),
  ...lineSettings,
];

export const programs: readonly Program[] = [
  {
    title: "a failed assertion",
    source: "comparison.c",
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
    coloured: true,
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

/** Stacks of a less common make. */
export const oddPrograms: readonly Program[] = [
  {
    title: "names of C++ that hold everything a name can hold",
    source: "zoo.cpp",
    compiler: "g++",
    flags: ["-O0", "-std=c++17"],
    setup: [],
    rule: "crash/abort",
    crashFrame: "zoo::v2::tagged[abi:cxx99][abi:old](char const*, unsigned char)",
    settings: everything,
    coloured: true,
  },
  {
    title: "the same without debugging information",
    source: "zoo.cpp",
    compiler: "g++",
    flags: ["-O0", "-std=c++17", "-g0"],
    setup: [],
    rule: "crash/abort",
    crashFrame: "zoo::v2::tagged[abi:cxx99][abi:old](char const*, unsigned char)",
    settings: ["width 40", "width 80", "no addresses", "short", "full"],
  },
  {
    title: "values that pretty printers print, two of which fail",
    source: "printed.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: ["source ../printers.py"],
    rule: "crash/abort",
    crashFrame: "book",
    // At 40 columns gdb breaks the line right behind the complaint; that is not put together yet.
    settings: everything.filter((name) => name !== "width 40"),
  },
  {
    title: "a deep recursion, in parts and through a frame filter",
    source: "deep.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: ["source ../filters.py"],
    rule: "crash/abort",
    crashFrame: "descend",
    settings: ["first 8", "first 8 full", "last 5", "filter", "filter full", "filter hide"],
    coloured: true,
  },
  {
    title: "tail calls",
    source: "tail.c",
    compiler: "gcc",
    flags: ["-O2"],
    setup: [],
    rule: "crash/abort",
    crashFrame: "last",
    settings: everything,
  },
  {
    title: "signals inside signal handlers",
    source: "nested.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: ["handle SIGUSR1 SIGUSR2 SIGSEGV nostop noprint pass"],
    rule: "crash/abort",
    // Where the first of the signals was delivered.
    crashFrame: "main",
    settings: ["width 72", "no addresses", "every address", "short", "full"],
  },
  {
    title: "the same, stripped",
    source: "nested.c",
    compiler: "gcc",
    flags: ["-O1", "-s"],
    setup: ["handle SIGUSR1 SIGUSR2 SIGSEGV nostop noprint pass"],
    rule: "crash/abort",
    crashFrame: null,
    settings: ["width 72", "no addresses", "every address", "short", "full"],
  },
  {
    title: "a child process that gdb follows",
    source: "fork.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: ["set follow-fork-mode child", "set detach-on-fork off"],
    rule: "crash/abort",
    crashFrame: "child",
    settings: ["width 80"],
    threadNumbers: { 1: "1.1", 2: "2.1" },
  },
  {
    title: "a stack that is spoilt",
    source: "stopped.c",
    compiler: "gcc",
    flags: ["-O0", "-fno-stack-protector", "-fno-omit-frame-pointer"],
    setup: [],
    rule: "crash/abort",
    crashFrame: "spoil",
    settings: ["width 40", "width 80", "full"],
    end: "Backtrace stopped: previous frame inner to this frame (corrupt stack?)",
  },
  {
    title: "a function that was called from gdb",
    source: "called.c",
    compiler: "gcc",
    flags: ["-O0"],
    setup: ["break work"],
    core: false,
    afterStop: ["break checked", 'call checked(41, "from (gdb)")'],
    rule: null,
    crashFrame: null,
    settings: everything,
  },
];

/** Compared where there is a compiler for them. */
export const rustPrograms: readonly Program[] = ["0", "2"].map((level) => ({
  title: `names and values of Rust at opt-level ${level}`,
  source: "zoo.rs",
  compiler: "rustc",
  flags: [`-Copt-level=${level}`],
  setup: [],
  values: false,
  rule: "crash/abort",
  crashFrame: "zoo::{impl#0}::feed::{closure#0}<u8>",
  settings: [
    "width 40",
    "width 80",
    ...argumentSettings,
    "no addresses",
    "every address",
    "full",
    "full pretty",
  ],
}));

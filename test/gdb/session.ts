import { execFileSync, spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { type MiFrame, type MiThread, miStack, miThreads } from "./mi.js";
import { type Program, programsFolder } from "./programs.js";

/** What gdb's command line printed, and gdb's own account of the same stacks. */
export interface Session {
  /** From the start of the program to its stop, and then `bt`: as somebody would paste it. */
  readonly transcript: string;
  /** What gdb prints when it opens the core file of the same crash, and then `bt`. */
  readonly core: string;
  /** `thread apply all bt`. */
  readonly everyThread: string;
  /** What the stack looks like under each setting. */
  readonly shown: ReadonlyMap<string, string>;
  /** The crashed thread's stack. */
  readonly stack: readonly MiFrame[];
  readonly threads: readonly MiThread[];
  /** By the thread's number. */
  readonly stacks: ReadonlyMap<string, readonly MiFrame[]>;
}

/** The commands that show the stack under a setting and leave no trace of it. */
const commandsOf: Readonly<Record<string, readonly string[]>> = {
  default: ["bt"],
  "width 40": ["set width 40", "bt", "set width 0"],
  "width 60": ["set width 60", "bt", "set width 0"],
  "width 80": ["set width 80", "bt", "set width 0"],
  "width 132": ["set width 132", "bt", "set width 0"],
  "arguments all": ["bt -frame-arguments all"],
  "arguments none": ["bt -frame-arguments none"],
  "arguments presence": ["bt -frame-arguments presence"],
  "entry no": ["bt -entry-values no"],
  "entry only": ["bt -entry-values only"],
  "entry preferred": ["bt -entry-values preferred"],
  "entry if-needed": ["bt -entry-values if-needed"],
  "entry both": ["bt -entry-values both"],
  "entry compact": ["bt -entry-values compact"],
  "no addresses": ["with print address off -- bt"],
  "every address": ["bt -frame-info location-and-address"],
  short: ["bt -frame-info short-location"],
  absolute: ["with filename-display absolute -- bt"],
  basename: ["with filename-display basename -- bt"],
  full: ["bt -full"],
  "full pretty": ["with print pretty on -- bt -full"],
};

const mark = "@@ section ";

/** As many threads as a program of ours may have. */
const mostThreads = 8;

function script(program: Program, core: string): string {
  const section = (name: string, commands: readonly string[]): string[] => [
    `echo \\n${mark}${name}\\n`,
    ...commands,
  ];
  const perThread = Array.from({ length: mostThreads }, (_, index) =>
    section(`stack ${index + 1}`, [
      `interpreter-exec mi3 "-stack-list-frames --thread ${index + 1}"`,
      `interpreter-exec mi3 "-stack-list-arguments --thread ${index + 1} 1"`,
    ]),
  );
  return [
    "set confirm off",
    "set height 0",
    "set width 0",
    "set debuginfod enabled off",
    ...program.setup,
    ...section("transcript", ["run 2>&1", "bt"]),
    ...["default", ...program.settings].flatMap((name) => section(name, commandsOf[name] ?? [])),
    ...section("every thread", ["thread apply all bt"]),
    ...section("threads", ['interpreter-exec mi3 "-thread-info"']),
    ...section("stack", [
      'interpreter-exec mi3 "-stack-list-frames"',
      'interpreter-exec mi3 "-stack-list-arguments 1"',
    ]),
    ...perThread.flat(),
    ...section("core file", [`generate-core-file ${core}`]),
    "",
  ].join("\n");
}

const environment = { ...process.env, LC_ALL: "C.UTF-8", TERM: "dumb", DEBUGINFOD_URLS: "" };

/** What a gdb that is fed with `commands` prints. Throws an Error where it does not start or does not end. */
function gdb(files: readonly string[], commands: string): string {
  const { error, stdout } = spawnSync("gdb", ["-nx", "-q", ...files], {
    cwd: programsFolder,
    input: commands,
    encoding: "utf8",
    timeout: 60_000,
    env: environment,
  });
  if (error !== undefined) throw error;
  return stdout;
}

/** Compiles the program in `folder` and runs it in gdb until it crashes. Throws an Error where that fails. */
export function sessionOf(program: Program, folder: string): Session {
  const binary = join(folder, `${basename(program.source).replace(/\.\w+$/, "")}${program.flags[0] ?? ""}`);
  // From the sources' folder, so that gdb prints short, relative file names.
  execFileSync(program.compiler, ["-g", ...program.flags, "-o", binary, program.source], {
    cwd: programsFolder,
  });
  const core = `${binary}.core`;
  const live = gdb([binary], script(program, core));
  return { ...sessionFrom(live), core: gdb([binary, core], "set height 0\nset width 0\nbt\n") };
}

function sessionFrom(output: string): Omit<Session, "core"> {
  const sections = new Map<string, string>();
  for (const section of output.split(`\n${mark}`).slice(1)) {
    const end = section.indexOf("\n");
    sections.set(section.slice(0, end), section.slice(end + 1));
  }
  const named = (name: string): string => sections.get(name) ?? "";
  const threads = miThreads(named("threads"));
  return {
    transcript: named("transcript"),
    everyThread: named("every thread"),
    shown: new Map([...sections].filter(([name]) => name in commandsOf)),
    stack: miStack(named("stack")),
    threads,
    stacks: new Map(threads.map(({ number }) => [number, miStack(named(`stack ${number}`))])),
  };
}

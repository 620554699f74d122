import { execFile, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { type MiFrame, type MiThread, miStack, miThreads } from "./mi.js";
import { type Program, programsFolder } from "./programs.js";
import { settingOf, settings } from "./settings.js";

/** What gdb's command line printed, and gdb's own account of the same stacks. */
export interface Session {
  /** From the start of the program to its stop, and then `bt`: as somebody would paste it. */
  readonly transcript: string;
  /** What gdb prints when it opens the core file of the same crash, and then `bt`; null where it shows another stack. */
  readonly core: string | null;
  /** `thread apply all bt`, also `full`, and without headers. */
  readonly everyThread: string;
  readonly everyThreadFull: string;
  readonly everyThreadQuiet: string;
  /** `bt` in a terminal that has colours and 80 columns; null where it is not asked for. */
  readonly coloured: string | null;
  /** What the stack looks like under each setting. */
  readonly shown: ReadonlyMap<string, string>;
  /** The crashed thread's stack. */
  readonly stack: readonly MiFrame[];
  readonly threads: readonly MiThread[];
  /** By the thread's number. */
  readonly stacks: ReadonlyMap<string, readonly MiFrame[]>;
}

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
    ...section("transcript", ["run 2>&1", ...(program.afterStop ?? []), "bt"]),
    ...["default", ...program.settings].flatMap((name) => section(name, settingOf(name).commands)),
    ...section("every thread", ["thread apply all bt"]),
    ...section("every thread full", ["thread apply all bt -full"]),
    ...section("every thread quiet", ["thread apply all -q bt"]),
    ...section("threads", ['interpreter-exec mi3 "-thread-info"']),
    ...section("stack", [
      'interpreter-exec mi3 "-stack-list-frames"',
      'interpreter-exec mi3 "-stack-list-arguments 1"',
    ]),
    ...perThread.flat(),
    ...(program.core === false ? [] : section("core file", [`generate-core-file ${core}`])),
    "",
  ].join("\n");
}

const environment = { ...process.env, LC_ALL: "C.UTF-8", TERM: "xterm-256color", DEBUGINFOD_URLS: "" };

/** What a program prints on both its streams. Rejects where it does not start, does not end, or `input` is not taken. */
async function outputOf(command: string, files: readonly string[], input: string): Promise<string> {
  // As in a terminal, what gdb complains of stands where it happened.
  const child = spawn("sh", ["-c", 'exec "$0" "$@" 2>&1', command, ...files], {
    cwd: programsFolder,
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 60_000,
    env: environment,
  });
  child.stdin.end(input);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Compiles the program in `folder` and runs it in gdb until it crashes. Rejects where that fails. */
export async function sessionOf(program: Program, folder: string): Promise<Session> {
  const { compiler, flags, source } = program;
  // Compilers name their temporary files after it, up to the first dot.
  const binary = join(folder, `${basename(source)}${flags.join("")}`.replaceAll(/\W/g, "_"));
  // From the sources' folder, so that gdb prints short, relative file names.
  await promisify(execFile)(compiler, ["-g", ...flags, "-o", binary, source], { cwd: programsFolder });
  const core = `${binary}.core`;
  const live = await outputOf("gdb", ["-nx", "-q", binary], script(program, core));
  return {
    ...sessionFrom(live, program),
    core: program.core === false ? null : await coreOutput(binary, core),
    coloured: program.coloured === true ? await colouredOutput(program, binary) : null,
  };
}

function coreOutput(binary: string, core: string): Promise<string> {
  return outputOf("gdb", ["-nx", "-q", binary, core], "set height 0\nset width 0\nbt\n");
}

/** gdb uses colours only where it believes that somebody looks: script(1) gives it a terminal. */
async function colouredOutput({ setup }: Program, binary: string): Promise<string> {
  const commands = `${binary}.gdb`;
  const lines = ["set confirm off", "set height 0", "set width 80", ...setup, "run 2>&1", "bt", "quit", ""];
  await writeFile(commands, lines.join("\n"));
  return outputOf("script", ["-qec", `gdb -nx -q ${binary} -x ${commands}`, "/dev/null"], "");
}

function sessionFrom(output: string, program: Program): Omit<Session, "core" | "coloured"> {
  const sections = new Map<string, string>();
  for (const section of output.split(`\n${mark}`).slice(1)) {
    const end = section.indexOf("\n");
    sections.set(section.slice(0, end), section.slice(end + 1));
  }
  const named = (name: string): string => sections.get(name) ?? "";
  const threads = miThreads(named("threads"));
  const stackIn = (name: string): MiFrame[] =>
    program.values === false ? miStack(named(name)).map(withoutValues) : miStack(named(name));
  return {
    transcript: named("transcript"),
    everyThread: named("every thread"),
    everyThreadFull: named("every thread full"),
    everyThreadQuiet: named("every thread quiet"),
    shown: new Map([...sections].filter(([name]) => settings.has(name))),
    stack: stackIn("stack"),
    threads,
    stacks: new Map(threads.map(({ number }) => [number, stackIn(`stack ${number}`)])),
  };
}

function withoutValues(frame: MiFrame): MiFrame {
  return { ...frame, arguments: frame.arguments.map(({ name }) => ({ name, value: null })) };
}

/** The sessions of all programs, two at a time. Rejects where one cannot be compiled or run. */
export async function sessionsOf(
  programs: readonly Program[],
  folder: string,
): Promise<ReadonlyMap<Program, Session>> {
  const sessions = new Map<Program, Session>();
  const left = programs.values();
  const work = async (): Promise<void> => {
    // Both workers take from the same iterator.
    for (const program of left) sessions.set(program, await sessionOf(program, folder));
  };
  await Promise.all([work(), work()]);
  return sessions;
}

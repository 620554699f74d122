import type { MiFrame } from "./mi.js";

/** What a setting hides or adds, against what MI says. */
export interface Hidden {
  readonly arguments: "nothing" | "aggregates" | "values" | "names";
  readonly addresses: "some" | "all" | "none";
  /** `set print address off` leaves nothing of a pointer but what it points to. */
  readonly pointers: boolean;
  readonly locations: boolean;
  readonly entryValues: "as MI" | "other";
  readonly files: "as MI" | "absolute" | "basename";
}

/** A way to have the stack of the stopped program printed. */
export interface Setting {
  readonly commands: readonly string[];
  /** The frames that it prints, in its order. */
  readonly shows: (stack: readonly MiFrame[]) => readonly MiFrame[];
  readonly hides: Hidden;
}

const byDefault: Hidden = {
  arguments: "aggregates",
  addresses: "some",
  pointers: false,
  locations: false,
  entryValues: "as MI",
  files: "as MI",
};

function all(stack: readonly MiFrame[]): readonly MiFrame[] {
  return stack;
}

/** Commands after which every setting is what it was. */
function setting(
  commands: readonly string[],
  hides: Partial<Hidden> = {},
  shows: Setting["shows"] = all,
): Setting {
  return { commands, shows, hides: { ...byDefault, ...hides } };
}

function atWidth(width: number): [string, Setting] {
  return [`width ${width}`, setting([`set width ${width}`, "bt", "set width 0"])];
}

function withEntryValues(mode: string): [string, Setting] {
  return [`entry ${mode}`, setting([`bt -entry-values ${mode}`], { entryValues: "other" })];
}

/** The frames as filters.py has them printed: of each recursion the outermost call, and then the others, or none of them. */
function folded(stack: readonly MiFrame[], others: boolean): MiFrame[] {
  const groups: MiFrame[][] = [];
  for (const frame of stack) {
    const group = groups.at(-1);
    if (group?.[0]?.function === frame.function) group.push(frame);
    else groups.push([frame]);
  }
  return groups.flatMap((group) => [...group.slice(-1), ...(others ? group.slice(0, -1) : [])]);
}

function filtered(command: string, others: boolean): Setting {
  const commands = ["enable frame-filter global fold", command, "disable frame-filter global fold"];
  return setting(commands, {}, (stack) => folded(stack, others));
}

export const widths = ["width 40", "width 60", "width 72", "width 80", "width 132"];
export const entryModes = ["no", "only", "preferred", "if-needed", "both", "compact"];

export const settings: ReadonlyMap<string, Setting> = new Map([
  ["default", setting(["bt"])],
  ...[40, 60, 72, 80, 132].map(atWidth),
  ["arguments all", setting(["bt -frame-arguments all"], { arguments: "nothing" })],
  ["arguments none", setting(["bt -frame-arguments none"], { arguments: "values" })],
  ["arguments presence", setting(["bt -frame-arguments presence"], { arguments: "names" })],
  ...entryModes.map(withEntryValues),
  ["no addresses", setting(["with print address off -- bt"], { addresses: "none", pointers: true })],
  ["every address", setting(["bt -frame-info location-and-address"], { addresses: "all" })],
  ["short", setting(["bt -frame-info short-location"], { locations: true })],
  ["with source", setting(["bt -frame-info source-and-location"])],
  ["absolute", setting(["with filename-display absolute -- bt"], { files: "absolute" })],
  ["basename", setting(["with filename-display basename -- bt"], { files: "basename" })],
  ["full", setting(["bt -full"])],
  ["full pretty", setting(["with print pretty on -- bt -full"])],
  ["full width 80", setting(["set width 80", "bt -full", "set width 0"])],
  ["first 8", setting(["bt 8"], {}, (stack) => stack.slice(0, 8))],
  ["first 8 full", setting(["bt -full 8"], {}, (stack) => stack.slice(0, 8))],
  ["last 5", setting(["bt -5"], {}, (stack) => stack.slice(-5))],
  ["filter", filtered("bt", true)],
  ["filter full", filtered("bt -full", true)],
  ["filter hide", filtered("bt -hide", false)],
]);

/** The setting of that name. Throws an Error where there is none. */
export function settingOf(name: string): Setting {
  const found = settings.get(name);
  if (found === undefined) throw new Error(`no setting ${name}`);
  return found;
}

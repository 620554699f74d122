import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const src = new URL("../../src/", import.meta.url);

interface OrderedList {
  /** The module that holds the list. */
  readonly list: string;
  /** The folder whose modules it lists. */
  readonly folder: string;
  /** What a module of the folder declares if, and only if, it belongs to the list. */
  readonly member: RegExp;
}

const lists: readonly OrderedList[] = [
  { list: "cli/commands.ts", folder: "cli/commands/", member: /^export const \w+: Command\b/m },
  {
    list: "cli/commands/rules.ts",
    folder: "cli/commands/rules/",
    member: /^export const \w+: Command\b/m,
  },
  { list: "clean/obstacles.ts", folder: "clean/", member: /^export function \w+\(view: View\): Edit\[\]/m },
  { list: "format/formats.ts", folder: "format/", member: /^export function format[A-Z]\w*\(/m },
];

const sourceOf = (file: string): Promise<string> => readFile(new URL(file, src), "utf8");

async function membersIn(folder: string, member: RegExp): Promise<string[]> {
  const files = (await readdir(new URL(folder, src))).filter((name) => name.endsWith(".ts"));
  const found = await Promise.all(
    files.map(async (file) => (member.test(await sourceOf(folder + file)) ? [folder + file] : [])),
  );
  return found.flat().sort();
}

/** The modules of `folder` that the list's module imports as values, at once or when asked for. */
async function listed(list: string, folder: string): Promise<string[]> {
  const imports = (await sourceOf(list)).matchAll(/(?:^import \{[^}]*\} from |import\()"([^"]+)\.js"/gm);
  const files = [...imports].map(([, path = ""]) => new URL(`${path}.ts`, new URL(list, src)).pathname);
  return files.flatMap((path) => {
    const file = path.slice(src.pathname.length);
    return file.startsWith(folder) ? [file] : [];
  });
}

describe("an ordered list names every member of its folder, once, and nothing else", () => {
  it.each(lists)("$list", async ({ list, folder, member }) => {
    const members = await membersIn(folder, member);
    expect(members.length).toBeGreaterThan(1);
    expect((await listed(list, folder)).sort()).toEqual(members);
  });

  it("generated/packs.js, which the build makes of rules/packs/", async () => {
    const { packs } = await import("../../src/generated/packs.js");
    const files = await readdir(new URL("rules/packs/", src));
    expect(packs.map(({ pack }) => `${pack}.yaml`).sort()).toEqual(files.sort());
  });
});

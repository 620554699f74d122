import { analyze } from "../analyze.js";
import { tool } from "../generated/tool.js";
import { readText } from "../read/plain.js";
import type { Pack } from "../rules/language/pack.js";
import { withSettings } from "../rules/language/settings.js";
import type { LoadedRules } from "./user-rules.js";

/** A text of which a rule should speak, or should not. */
interface Example {
  /** `PACK/RULE`. */
  readonly id: string;
  readonly title: string;
  readonly input: string;
  readonly kind: "match" | "differ";
  /** `FILE:LINE:COLUMN: `; empty for a built-in rule. */
  readonly place: string;
}

/**
 * The examples of the rules that are in force: of those in the files that are named, or of all.
 * @param files null for all
 */
export function examplesOf(loaded: LoadedRules, files: ReadonlySet<string> | null): readonly Example[] {
  const { own } = loaded;
  const packs =
    files === null ? tested(loaded) : own.filter(({ file }) => files.has(file)).map(({ pack }) => pack);
  return packs.flatMap((pack) => {
    const file = own.find((one) => one.pack === pack || one.pack.pack === pack.pack);
    return Object.entries(pack.rules).flatMap(([name, { examples }]) =>
      (["match", "differ"] as const).flatMap((kind) =>
        examples[kind].map(({ title, input }, index) => ({
          id: `${pack.prefix ?? pack.pack}/${name}`,
          title,
          input,
          kind,
          place: file === undefined ? "" : `${file.placeOf(["rules", name, "examples", kind, index])}: `,
        })),
      ),
    );
  });
}

/** Rules are tested as their authors wrote them: who turned one off or graded it anew does not say that it is wrong. */
function tested({ packs, config }: LoadedRules): readonly Pack[] {
  return config === null ? packs : withSettings(packs, { packs: config.packs });
}

/** Judges every example, and tells a line for each that is not as expected: a rule that is missing, a rule that is noisy. */
export function triedExamples(examples: readonly Example[], loaded: LoadedRules): readonly string[] {
  const inputs = examples.map(({ input }) => readText(input, { path: null, member: null, messageId: null }));
  const { documents } = analyze(inputs, tested(loaded), tool);
  return examples.flatMap(({ id, title, kind, place }, index) => {
    const spoke = [...new Set((documents[index]?.findings ?? []).map(({ rule }) => rule))];
    if (spoke.includes(id) === (kind === "match")) return [];
    if (kind === "differ") return [`${place}noisy: ${id} speaks of "${title}"`];
    const others = spoke.length === 0 ? "no rule speaks of it" : `${spoke.join(", ")} speaks of it`;
    return [`${place}missing: ${id} does not speak of "${title}"; ${others}`];
  });
}

import type { PackInfo } from "../../model/report.js";
import type { Pack } from "./pack.js";

/** The names and versions of packs, each followed by the packs that it took over. */
export function packInfos(packs: readonly Pack[]): PackInfo[] {
  return packs.flatMap(({ pack, version, from = [] }) => [{ name: pack, version }, ...from]);
}

import { visible } from "../format/visible.js";
import type { Io } from "./io.js";

/** Says something in one line on stderr, with the program's name before it; whatever is in it is made visible. */
export async function say(io: Io, message: string): Promise<void> {
  await io.stderr.write(`backtriage: ${visible(message)}\n`);
}

/** How gdb's colours may arrive: as they are, with the escape character lost, or written out. */
export const escapes = ["\x1b", "", "^[", "\\x1b", "\\033", "\\u001b", "␛"] as const;

/** gdb's frames in the colours that it gives them by default (section 1 of its manual's chapter on styles). */
export function asColoured(text: string, written: string): string {
  const colour = (code: string, words: string): string => `${written}[${code}m${words}${written}[m`;
  return text.replace(
    /^(#\d+ +)(?:(0x[0-9a-f]+)( in ))?((?:[^ (]|\(anonymous namespace\))+)/gm,
    (_, level: string, address: string | undefined, word: string | undefined, name: string) =>
      `${level}${address === undefined ? "" : colour("34", address)}${word ?? ""}${colour("33", name)}`,
  );
}

/** Every character struck twice, as `nroff` prints bold. */
export function asOverstruck(text: string): string {
  return text.replace(/[^\n]/g, "$&\b$&");
}

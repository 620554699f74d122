/**
 * What Windows' code page 1252 has for the bytes 0x80 to 0x9f (as the WHATWG encoding standard gives it); from 0xa0 on it is
 * Latin-1. Written out, for the TextDecoder of some versions of Node takes the name for Latin-1's.
 */
const upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const byteOfCharacter: ReadonlyMap<string, number> = new Map(
  Array.from(upper, (character, index) => [character, 0x80 + index] as const),
);

/** The character of a byte. */
export function characterOfByte(byte: number): string {
  return byte >= 0x80 && byte < 0xa0 ? (upper[byte - 0x80] ?? "") : String.fromCharCode(byte);
}

/** The byte that has a character in the code page or in Latin-1; null for characters of neither. */
export function byteOf(character: string): number | null {
  const code = character.charCodeAt(0);
  return byteOfCharacter.get(character) ?? (code < 256 ? code : null);
}

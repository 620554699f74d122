/** What the bytes 0x80 to 0x9f are in Windows' code page 1252, and in Latin-1. */
const codePages = {
  windows: "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ",
  latin1: String.fromCharCode(...Array.from({ length: 32 }, (_, index) => 0x80 + index)),
};

/** A text's UTF-8 bytes taken for another encoding. */
export function asMojibake(text: string, codePage: keyof typeof codePages = "windows"): string {
  return Array.from(new TextEncoder().encode(text), (byte) =>
    byte >= 0x80 && byte < 0xa0 ? codePages[codePage][byte - 0x80] : String.fromCharCode(byte),
  ).join("");
}

/** Markers in full-width brackets, as input methods put them. */
export function withFullWidthMarkers(text: string): string {
  return text.replace(/<(optimized out|synthetic pointer)>/g, "＜$1＞");
}

/** Frames quoted with a full-width mark. */
export function withFullWidthQuotes(text: string): string {
  return text.replace(/^(?=.)/gm, "＞ ");
}

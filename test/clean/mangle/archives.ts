/** What pipermail does to addresses of mail, and to `sig=sig@entry=6`. */
export function withWrittenAt(text: string, at = " at "): string {
  return text.replaceAll("@entry=", `${at}entry=`);
}

/** What other archives do. */
export function withHiddenAddresses(text: string): string {
  return text.replace(/\b[\w$]+=[\w$]+@entry=[^ ,)]+|\b[\w$]+@entry=[^ ,)]+/g, "address@hidden");
}

/** What a filter of HTML takes for tags is gone. */
export function withoutTags(text: string): string {
  return text.replace(/<[A-Za-z_/!][^<>\n]*>/g, "");
}

/** git takes what begins with `#` for a comment; somebody saved the rest of the line. */
export function withoutHashes(text: string): string {
  return text.replace(/^#(?=\d)/gm, "");
}

/** A path broken in its midst. */
export function withSplitPaths(text: string): string {
  return text.replace(/( at (?:\S*\/)?\w+\/)(?=\S+:\d+$)/gm, "$1 ");
}

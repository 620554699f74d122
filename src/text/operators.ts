const operator =
  /operator(?: (?:new|delete)(?:\[\])?(?!\w)|""|<=>|->\*?|<<=?|>>=?|[<>]=?|\(\)|\[\]|&&|\|\||\+\+|--|[-+*/%^&|~!=]=?|,| )/y;

/**
 * The name of the C++ operator that begins at an offset: `operator<<`, `operator()`, `operator new[]`; `operator ` with its
 * blank where a type follows that it converts to. Null where none begins there.
 */
export function operatorAt(text: string, offset: number): string | null {
  if (text[offset] !== "o" || /\w/.test(text[offset - 1] ?? "")) return null;
  operator.lastIndex = offset;
  const found = operator.exec(text)?.[0] ?? null;
  // `operator< <int>`: what follows the blank are arguments of the template.
  return found === "operator " && /[<(]/.test(text[offset + found.length] ?? "") ? null : found;
}

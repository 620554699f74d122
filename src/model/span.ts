import { z } from "zod";

/** A place in the member's text: offset in UTF-16 units from 0, line and column from 1. */
export const positionSchema = z.strictObject({
  offset: z.int().nonnegative(),
  line: z.int().positive(),
  column: z.int().positive(),
});

/** A half-open stretch of the member's text. */
export const spanSchema = z.strictObject({ start: positionSchema, end: positionSchema });

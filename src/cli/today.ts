import type { Io } from "./io.js";
import { UsageError } from "./status.js";

/**
 * The day of the run in UTC, `YYYY-MM-DD`: of `BACKTRIAGE_TODAY`, else of `SOURCE_DATE_EPOCH` (seconds since 1970;
 * reproducible-builds.org), else of the clock. Throws {@link UsageError} where one of them is no day.
 */
export function todayOf(env: Io["env"], clock: () => Date): string {
  const { BACKTRIAGE_TODAY: day, SOURCE_DATE_EPOCH: seconds } = env;
  if (day !== undefined && day !== "") {
    const read = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(read.getTime()) || dayOf(read) !== day)
      throw new UsageError(`BACKTRIAGE_TODAY is a day, YYYY-MM-DD, not ${day}`);
    return day;
  }
  if (seconds === undefined || seconds === "") return dayOf(clock());
  const read = new Date(Number(seconds) * 1000);
  if (!/^\d+$/.test(seconds) || Number.isNaN(read.getTime()))
    throw new UsageError(`SOURCE_DATE_EPOCH is a number of seconds, not ${seconds}`);
  return dayOf(read);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

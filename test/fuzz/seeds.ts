import { allSamples, inputOf } from "../samples/samples.js";

/** A text that a whole run begins with. */
const longestText = 3000;

/** The inputs of all samples, the beginning of each. */
export function sampleTexts(): string[] {
  return allSamples().map((sample) => new TextDecoder().decode(inputOf(sample).subarray(0, longestText)));
}

/** Every different line of the samples' inputs, and what stands behind each `=` and in quotes: values and conditions. */
export function sampleLines(): string[] {
  const lines = allSamples()
    .flatMap((sample) => new TextDecoder().decode(inputOf(sample)).split(/\r?\n/))
    .filter((line) => line !== "");
  const values = lines.flatMap((line) => line.split(/, (?=\w+=)|\w=|[()`]|' failed/));
  return [...new Set([...lines, ...values])].toSorted();
}

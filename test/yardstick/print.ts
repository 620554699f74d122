import { percent, type Score, type Share } from "./score.js";

const longest = 200;

/** The score as a text for people; ends in a newline. */
export function printed(score: Score): string {
  return [
    `${score.texts} texts scored, ${score.ambiguous} ambiguous ones left out`,
    "",
    row("traces, threads, frames all right", score.counts),
    ...Object.entries(score.fields).map(([name, share]) => row(`  ${name}`, share)),
    "",
    `${score.falseFrames.frames} frames in the ${score.falseFrames.texts} texts that hold none`,
    `${score.others.frames} frames of other tools' stacks, beside ${score.others.lookalikes} lines that look like frames`,
    ...traitsOf(score),
    ...failuresOf(score),
    "",
    ...(score.missed.length === 0 ? ["every mark is met"] : score.missed.map((mark) => `MISSED  ${mark}`)),
    "",
  ].join("\n");
}

function row(name: string, share: Share): string {
  const counts = `${share.right} of ${share.of}`;
  return `${name.padEnd(36)}${counts.padStart(11)}${percent(share).toFixed(1).padStart(8)} %`;
}

/** Those with a failure; the others say nothing about where the next gain is. */
function traitsOf({ traits }: Score): string[] {
  const failing = Object.entries(traits)
    .filter(([, { right, of }]) => right < of)
    .toSorted(([, one], [, other]) => other.of - other.right - (one.of - one.right));
  return failing.length === 0
    ? []
    : ["", "by trait (those with a failure):", ...failing.map(([name, share]) => row(`  ${name}`, share))];
}

function failuresOf({ failures }: Score): string[] {
  return failures.flatMap(({ file, counts, wrong }) => [
    "",
    `${counts ? "field " : "COUNTS"}  ${file}`,
    ...wrong.map((text) => `        ${text.length > longest ? `${text.slice(0, longest)}…` : text}`),
  ]);
}

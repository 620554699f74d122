/** `1 frame`, `2 frames`; for a noun with another plural, `3 crashes`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

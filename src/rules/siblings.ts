import type { ReadThread } from "../model/trace.js";
import type { Test } from "./condition.js";
import type { Judgement } from "./judge.js";

/** A thread with a frame that meets a test: the outermost, by its index. */
interface Met {
  readonly thread: ReadThread;
  readonly index: number;
}

/** The threads of one trace under one pack. Each question is answered once, however many threads ask it. */
export class Siblings {
  private readonly answers = new Map<Test, readonly Met[]>();

  constructor(
    private readonly threads: readonly { readonly thread: ReadThread; readonly judgement: Judgement }[],
  ) {}

  /** The threads that have a frame that meets the test, in the order of the text. */
  meeting(test: Test): readonly Met[] {
    const known = this.answers.get(test);
    if (known !== undefined) return known;
    const found = this.threads.flatMap(({ thread, judgement }) => {
      const index = test.holds(judgement.stack).lastIndexOf(1);
      return index === -1 ? [] : [{ thread, index }];
    });
    this.answers.set(test, found);
    return found;
  }
}

import type { ReadThread } from "../model/trace.js";
import type { Test } from "./condition.js";
import type { Judgement } from "./judge.js";

/** A thread with a frame that meets a test: the outermost, by its index. */
export interface Met {
  readonly thread: ReadThread;
  readonly index: number;
}

/** A thread of a trace, as a pack judges it. */
export interface Sibling {
  readonly thread: ReadThread;
  readonly judgement: Judgement;
}

/** The threads of one trace under one pack. Each question is answered once, however many threads ask it. */
export class Siblings {
  private readonly answers = new Map<Test, readonly Met[]>();

  constructor(private readonly all: readonly Sibling[]) {}

  /** The threads that have a frame that meets the test, in the order of the text. */
  threadsMeeting(test: Test): readonly Met[] {
    // A coroutine is no thread beside this one: it entered the stack that runs, or waits.
    return this.meeting(test).filter(({ thread }) => thread.coroutine === null);
  }

  /** The stacks of coroutines that have such a frame. */
  coroutinesMeeting(test: Test): readonly Met[] {
    return this.meeting(test).filter(({ thread }) => thread.coroutine !== null);
  }

  private meeting(test: Test): readonly Met[] {
    const known = this.answers.get(test);
    if (known !== undefined) return known;
    const found = this.all.flatMap(({ thread, judgement }) => {
      const index = test.holds(judgement.stack).lastIndexOf(1);
      return index === -1 ? [] : [{ thread, index }];
    });
    this.answers.set(test, found);
    return found;
  }
}

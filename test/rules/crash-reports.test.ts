import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";

function signalOf(text: string): string | null {
  return reportOfText(text).documents[0]?.traces[0]?.signal?.name ?? null;
}

describe("the signal of a crash", () => {
  it("is that of raise's entry where its value was optimized out", () => {
    const text = `#0  0x01 in raise (sig=<optimized out>, sig@entry=6) at raise.c:50
#1  0x02 in abort () at abort.c:79
#2  0x03 in walk () at list.c:3
`;
    expect(signalOf(text)).toBe("SIGABRT");
  });

  it.each([
    ["raise (sig=11) at raise.c:50", "SIGSEGV"],
    [
      "__pthread_kill_implementation (threadid=1, signo=signo@entry=6, no_tid=0) at pthread_kill.c:44",
      "SIGABRT",
    ],
  ])("is that of a signal that the program sent itself: %s", (frame, name) => {
    const text = `#0  0x01 in ${frame}\n#1  0x02 in walk () at list.c:3\n#2  0x03 in main () at list.c:9\n`;
    expect(signalOf(text)).toBe(name);
    expect(reportOfText(text).documents[0]?.findings.map(({ rule }) => rule)).toEqual(["crash/signal"]);
  });
});

describe("the thread of a crash", () => {
  it("is the one that aborted, although another one stands in a signal handler", () => {
    const text = `Thread 2 (Thread 0x7f02 (LWP 12)):
#0  0x01 in sigsuspend () at s.c:3
#1  0x02 in suspend (s=10) at gc.c:3
#2  <signal handler called>
#3  0x03 in work () at work.c:3

Thread 1 (Thread 0x7f01 (LWP 11)):
#0  0x01 in raise (sig=6) at raise.c:50
#1  0x02 in abort () at abort.c:79
#2  0x03 in walk () at list.c:3
`;
    const [document] = reportOfText(text).documents;
    expect(document?.traces[0]?.crashFrame).toEqual({ thread: 1, level: 2, function: "walk" });
    expect(document?.findings.map(({ rule }) => rule)).toEqual(["crash/abort"]);
  });
});

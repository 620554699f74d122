/** A pack to begin with, which passes its check and its own examples. */
export function newPack(name: string): string {
  return `# yaml-language-server: $schema=backtriage-pack.json
# (backtriage schema pack > backtriage-pack.json lets an editor complete and check this file)
pack: ${name}
version: 1 # raise it when a change makes stored results mean something else
roles: # functions of your program by what they do; * stands for any characters
  user: ["buffer_*"]
  freeing: [session_close]
rules:
  use-while-freeing:
    severity: error # or warning, note
    on: { frames: { role: user, within: freeing } } # a frame of the first role that one of the second has called
    message: "{touch} works on a buffer while its session is being closed"
    why: session_close frees the buffers first.
    examples: # backtriage rules test runs them
      match: [{ title: under the close, input: "#0 buffer_add () at b.c:3\\n#1 session_close () at s.c:9" }]
      differ: [{ title: in the loop, input: "#0 buffer_add () at b.c:3\\n#1 main_loop () at m.c:4" }]
`;
}

import { describe, expect, it } from "vitest";
import { cleaned } from "./cleaned.js";

describe("HTML that was pasted as source", () => {
  it.each([
    [
      "entities",
      "#0&nbsp; 0x0000000000401136 in operator&lt;&lt; &lt;int&gt; (a=&lt;optimized out&gt;, c=39 &#39;\\&#x27;&#39;)<br>#1&nbsp; main () at x.c:3",
      "#0  0x0000000000401136 in operator<< <int> (a=<optimized out>, c=39 '\\'')\n#1  main () at x.c:3",
    ],
    [
      "a mail in an archive of pipermail",
      "&gt;<i> #0  0x00007f0000000001 in read (s=&quot;a &amp;amp; b&quot;) from\n</I>&gt;<i> /lib/libpthread.so.0\n</I>&gt;<i> #1  &lt;signal handler called&gt;\n</I>",
      '#0  0x00007f0000000001 in read (s="a &amp; b") from /lib/libpthread.so.0\n#1  <signal handler called>\n',
    ],
    [
      "text that was escaped twice",
      "#0  f (a=&amp;lt;optimized out&amp;gt;, b=&amp;quot;x &amp;amp;amp; y&amp;quot;) at x.c:3\n",
      '#0  f (a=<optimized out>, b="x &amp; y") at x.c:3\n',
    ],
    [
      "links and spans",
      '<span class="l"><a href="/issues/0">#0</a>  0x0000000000401136 in f (a=1) at <a href="x">x.c</a>:3</span>\n',
      "#0  0x0000000000401136 in f (a=1) at x.c:3\n",
    ],
    [
      "tags around a trace that nobody escaped, but not what a string or a template holds",
      '<pre>#0  0x0000000000401136 in f<p> (a=<optimized out>, s=0x5 "<br>") at x.c:3<br/>\n#1  std::vector<i>::g () at x.c:9<br/>\n</pre>\n',
      '#0  0x0000000000401136 in f<p> (a=<optimized out>, s=0x5 "<br>") at x.c:3\n#1  std::vector<i>::g () at x.c:9\n\n',
    ],
    [
      "paragraphs without line ends",
      "<p>#0  f (a=1) at x.c:3</p><p>#1  main () at x.c:4</p>",
      "#0  f (a=1) at x.c:3\n\n#1  main () at x.c:4",
    ],
  ])("is undone: %s", (_, raw, plain) => {
    expect(cleaned(raw).replace(/^\n/, "")).toBe(plain);
  });

  it.each([
    '#0  set_markup (s=0x55 "<p>a &lt; b &amp; c</p><br>") at x.c:3\n',
    "#1  std::map<a, b>::at (this=<optimized out>, f=0x40 <main+12>) at x.c:3\n",
    "#2  <signal handler called>\n",
    "Write &lt; for the sign, and <br> to break a line; see issue #3 (closed).\n",
    "<p>Nothing here.</p>\n",
  ])("is not seen in %j", (raw) => {
    expect(cleaned(raw)).toBe(raw);
  });
});

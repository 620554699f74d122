import { describe, expect, it } from "vitest";
import { cleaned } from "./cleaned.js";

describe("quoted-printable", () => {
  it.each([
    [
      "escapes of signs and of UTF-8",
      '#0=A0 0x0000000000401136 in f (a=3D1, s=3D0x5 "x=3D1=C3=A9") at x.c:3=20\n',
      '#0  0x0000000000401136 in f (a=1, s=0x5 "x=1é") at x.c:3 \n',
    ],
    [
      "line ends that were encoded",
      "#0  f (a=3D1) at x.c:3=0D=0A#1  0x0000000000401137 in main () at x.c:9\n",
      "#0  f (a=1) at x.c:3\n#1  0x0000000000401137 in main () at x.c:9\n",
    ],
    [
      "a soft break at the margin, in a text without a sign",
      "#0  0x00007f5f3f0d7a10 in a_rather_long_name_of_a_function () from /usr/li=\nb/libc.so.6\n",
      "#0  0x00007f5f3f0d7a10 in a_rather_long_name_of_a_function () from /usr/lib/libc.so.6\n",
    ],
    [
      "a soft break that was quoted",
      "> #0  0x0000000000401136 in f (first=3D1, second=3D2, third_one=3D4, d=\n> =3D5) at x.c:3\n",
      "#0  0x0000000000401136 in f (first=1, second=2, third_one=4, d=5) at x.c:3\n",
    ],
    [
      "what a header announces",
      "Content-Transfer-Encoding: quoted-printable\n\n#0  main () at caf=E9.c:3\n",
      "Content-Transfer-Encoding: quoted-printable\n\n#0  main () at café.c:3\n",
    ],
    [
      "the quotes of a mailer from Windows",
      "#0  f (a=3D1) at x.c:3\n\n=93that=94\n",
      "#0  f (a=1) at x.c:3\n\n“that”\n",
    ],
    [
      "the message of an assertion",
      "x: a.c:3: f: Assertion `a =3D=3D 0' failed.\n",
      "x: a.c:3: f: Assertion `a == 0' failed.\n",
    ],
  ])("is decoded: %s", (_, raw, plain) => {
    expect(cleaned(raw)).toBe(plain);
  });

  it.each([
    "#0  f (x=0D, y=2E, z=0x3D) at x.c:3\n",
    '#1  g (s=0x55 "mode=3D&q=20") at x.c:3\n',
    "#1  g (opaque=\n0x55) at x.c:3\n".replace("\n0", "0"),
    "set x=3D\nset y=3D\n",
  ])("is not seen in %j", (raw) => {
    expect(cleaned(raw)).toBe(raw);
  });

  it("leaves lines alone in which an `=` is no escape", () => {
    const raw = "x=1\n#0  f (a=3D1) at x.c:3\ny=z\n";
    expect(cleaned(raw)).toBe("x=1\n#0  f (a=1) at x.c:3\ny=z\n");
  });
});

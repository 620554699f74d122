import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/program.js";
import { packs } from "../../src/generated/packs.js";
import { reportSchema } from "../../src/model/report.js";
import { smallPack } from "../rules/small-pack.js";
import { type FakeIo, fakeIo } from "./fake-io.js";
import { crashLog, offenderLog } from "./inputs.js";

async function run(argv: readonly string[], setting: Parameters<typeof fakeIo>[0] = {}) {
  const io: FakeIo = fakeIo(setting);
  const status = await main(argv, io);
  return { status, ...io.printed, written: io.written };
}

const shop = `pack: shop
version: 1
roles: { cart: ["cart_*"], closing: [session_close] }
rules:
  cart-while-closing:
    severity: error
    on: { frames: { role: cart, within: closing } }
    message: "{touch} works on a cart"
    why: session_close frees the carts first.
    examples:
      match: [{ title: late, input: "#0 cart_add () at a.c:4\\n#1 session_close () at b.c:9" }]
      differ: [{ title: early, input: "#0 cart_add () at a.c:4\\n#1 serve () at b.c:30" }]
`;
const shopLog = "#0  cart_add (c=0x1) at a.c:4\n#1  session_close () at b.c:9\n#2  main () at c.c:1\n";
const files = { "shop.yaml": shop };

describe("--rules", () => {
  test("adds packs of the user's own", async () => {
    const { status, out, err } = await run(["--rules", "shop.yaml"], { stdin: shopLog, files });
    expect(out).toMatch(/^shop\/cart-while-closing: cart_add works on a cart/);
    expect(err).toBe("");
    expect(status).toBe(1);
    expect((await run([], { stdin: shopLog, files })).status).toBe(0);
  });

  test("takes the packs of a folder, and may be given several times", async () => {
    const setting = {
      stdin: shopLog,
      files: {
        "own/shop.yaml": shop,
        "own/small.yml": smallPack,
        "other.yaml": shop.replaceAll("shop", "shed"),
      },
      folders: { own: ["backtriage.yaml", "notes.txt", "shop.yaml", "small.yml"] },
    };
    const { out } = await run(
      ["--rules", "own", "--rules=other.yaml", "--rules", "own/shop.yaml", "-f", "json"],
      setting,
    );
    const report = reportSchema.parse(JSON.parse(out));
    expect(report.packs.slice(packs.length)).toEqual([
      { name: "shop", version: 1 },
      { name: "small", version: 1 },
      { name: "shed", version: 1 },
    ]);
    expect(report.documents[0]?.findings.map(({ rule }) => rule)).toEqual([
      "shop/cart-while-closing",
      "shed/cart-while-closing",
    ]);
  });

  test("that are wrong let nothing run, and are told with all their problems", async () => {
    const wrong = shop.replace("fucntions", "").replace("role: cart,", "role: crat,").replace("why:", "wy:");
    const { status, out, err } = await run(["--rules", "w.yaml"], {
      stdin: shopLog,
      files: { "w.yaml": wrong },
    });
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("backtriage: w.yaml:7:21: there is no role `crat`; did you mean `cart`?\n");
    expect(err).toContain("w.yaml:9:5: unknown key `wy` in rules.cart-while-closing; did you mean `why`?\n");
  });

  test.each([
    [["--rules", "gone.yaml"], "gone.yaml: no such file; check the path"],
    [["--rules", "empty"], "empty: holds no *.yaml and no *.yml; name the folder of the packs"],
    [["--rules="], "--rules needs a value (see backtriage --help)"],
    [["--config", "gone.yaml"], "gone.yaml: no such file; check the path (see backtriage --help)"],
  ])("%j is told in one line", async (argv, message) => {
    const { status, out, err } = await run(argv, { stdin: shopLog, folders: { empty: ["a.txt"] } });
    expect(err).toBe(`backtriage: ${message}\n`);
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});

describe("backtriage.yaml", () => {
  const config = "rules: [packs/shop.yaml]\n";

  test.each([
    ["in the working folder", "backtriage.yaml", "packs/shop.yaml"],
    ["one folder further up", "../backtriage.yaml", "../packs/shop.yaml"],
    ["at the root", "../../../backtriage.yaml", "../../../packs/shop.yaml"],
  ])("is found %s, and its packs are seen from its folder", async (_, file, pack) => {
    const { out } = await run([], { stdin: shopLog, files: { [file]: config, [pack]: shop } });
    expect(out).toMatch(/^shop\/cart-while-closing/);
  });

  test("that is nearest counts alone", async () => {
    const { err } = await run([], {
      stdin: shopLog,
      files: { "backtriage.yaml": "", "../backtriage.yaml": "rulse: []\n" },
    });
    expect(err).toBe("");
  });

  test("is not looked at with --no-config, and replaced by --config", async () => {
    const both = { "backtriage.yaml": "rulse: []\n", "ci.yaml": "rules: [shop.yaml]\n", ...files };
    expect((await run(["--no-config"], { stdin: shopLog, files: both })).status).toBe(0);
    expect((await run(["--config", "ci.yaml"], { stdin: shopLog, files: both })).status).toBe(1);
    expect(await run([], { stdin: shopLog, files: both })).toMatchObject({
      status: 2,
      err: "backtriage: backtriage.yaml:1:1: unknown key `rulse` in the configuration; did you mean `rules`?\n",
    });
  });

  test("turns rules and packs off, and grades rules anew", async () => {
    const json = async (text: string) => {
      const { out } = await run(["-f", "json"], { stdin: offenderLog, files: { "backtriage.yaml": text } });
      return reportSchema.parse(JSON.parse(out));
    };
    const rules = async (text: string) =>
      (await json(text)).documents[0]?.findings.map(({ rule, severity }) => `${severity} ${rule}`);
    expect(await rules("")).toEqual(["error qemu-memory/flatview-in-transaction"]);
    const id = "qemu-memory/flatview-in-transaction";
    expect(await rules(`overrides: { ${id}: { severity: note } }\n`)).toEqual([`note ${id}`]);
    expect(await rules(`overrides: { ${id}: { off: true, reason: x } }\n`)).not.toContain(`error ${id}`);
    const without = await json("packs: { disable: [qemu-memory] }\n");
    expect(without.packs.map(({ name }) => name)).not.toContain("qemu-memory");
    expect(without.rules.map(({ id: rule }) => rule)).toEqual(["crash/assertion"]);
  });

  const suppressing = `suppress:
  - { rule: crash/signal, function: "parse_*", reason: known bug, until: 2026-12-31 }
`;

  test("suppresses for a while: it is told in a line, and does not count", async () => {
    const setting = { stdin: crashLog, files: { "backtriage.yaml": suppressing }, today: "2026-12-31" };
    expect(await run(["--fail-on", "note"], setting)).toMatchObject({
      status: 0,
      out: "Suppressed: crash/signal until 2026-12-31: known bug\n",
      err: "",
    });
    expect((await run(["-q"], setting)).out).toBe("");
    const report = reportSchema.parse(JSON.parse((await run(["-f", "json"], setting)).out));
    expect(report.documents[0]?.findings[0]?.suppressed).toEqual({
      reason: "known bug",
      until: "2026-12-31",
    });
    expect(report.summary).toMatchObject({ suppressed: 1, findings: { error: 0, warning: 0, note: 0 } });
  });

  test("says that a suppression has expired, and lets the finding count again", async () => {
    const setting = { stdin: crashLog, files: { "backtriage.yaml": suppressing }, today: "2027-01-01" };
    const { status, out, err } = await run(["--fail-on", "note"], setting);
    expect(status).toBe(1);
    expect(out).toMatch(/^crash\/signal/);
    expect(err).toBe(
      "backtriage: backtriage.yaml:2:5: a suppression has expired, it held until 2026-12-31: known bug\n",
    );
    expect((await run(["-q"], setting)).err).toBe("");
  });
});

describe("explain", () => {
  test("knows the rules of the user's own", async () => {
    const { out } = await run(["explain", "shop/cart-while-closing", "--rules", "shop.yaml"], { files });
    expect(out).toContain("session_close frees the carts first.");
  });
});

describe("rules list", () => {
  test("has every pack with its rules, and what the configuration changes", async () => {
    const config = `rules: [shop.yaml]
packs: { disable: [deadlock] }
overrides:
  crash/signal: { severity: warning, reason: we look }
  crash/abort: { off: true, reason: wanted }
`;
    const { out } = await run(["rules", "list"], { files: { ...files, "backtriage.yaml": config } });
    for (const { pack } of packs) expect(out).toMatch(new RegExp(`^${pack} \\d+: `, "m"));
    expect(out).toMatch(/^deadlock .*\(disabled\)$/m);
    expect(out).toMatch(/^shop 1: shop \(shop\.yaml\)$/m);
    expect(out).toMatch(/^ {2}crash\/signal +warning .*\(was note: we look\)$/m);
    expect(out).toMatch(/^ {2}crash\/abort +off .*\(off: wanted\)$/m);
    expect(out).toMatch(/^ {2}shop\/cart-while-closing +error +cart while closing$/m);
  });
});

describe("rules show", () => {
  test("prints a rule as it is in force", async () => {
    const own = `pack: own
version: 4
extends: shop
rules:
  cart-while-closing: { extend: true, severity: note, advice: [wait] }
`;
    const setting = { files: { ...files, "own.yaml": own } };
    const argv = ["rules", "show", "shop/cart-while-closing", "--rules", "shop.yaml", "--rules", "own.yaml"];
    const { out } = await run(argv, setting);
    expect(out).toMatch(
      /^# shop\/cart-while-closing, pack own 4, own\.yaml\nrules:\n {2}cart-while-closing:\n/,
    );
    expect(out).toContain("    severity: note\n");
    expect(out).toContain("    advice:\n      - wait\n");
    expect(out).toContain('message: "{touch} works on a cart"');
  });

  test.each([
    [["crash/singal"], "no rule crash/singal; did you mean crash/signal?"],
    [["crash/abort"], "the rule crash/abort is turned off"],
    [[], "rules show needs a rule: PACK/RULE"],
  ])("of %j says what is wrong", async (words, message) => {
    const config = "overrides: { crash/abort: { off: true, reason: x } }\n";
    const { err, status } = await run(["rules", "show", ...words], { files: { "backtriage.yaml": config } });
    expect(err).toBe(`backtriage: ${message} (see backtriage --help)\n`);
    expect(status).toBe(2);
  });
});

describe("rules check", () => {
  test("is content with what is right", async () => {
    expect(await run(["rules", "check", "shop.yaml"], { files })).toMatchObject({
      status: 0,
      out: "1 pack, 1 rule: nothing is wrong\n",
      err: "",
    });
  });

  test("tells every problem of every file on stdout, ready to be clicked", async () => {
    const setting = {
      files: {
        "a.yaml": shop.replace("closing: [session_close]", 'closing: ["*"]'),
        "b.yaml": shop.replace("pack: shop", "pack: b\nextends: shpo"),
        "c.yaml": "a: [",
      },
    };
    const { status, out, err } = await run(
      ["rules", "check", "a.yaml", "b.yaml", "c.yaml", "gone.yaml"],
      setting,
    );
    expect(status).toBe(2);
    expect(err).toBe("");
    expect(out).toMatch(/^a\.yaml:3:38: roles\.closing\.functions\.0: the pattern matches everything$/m);
    expect(out).toMatch(/^b\.yaml:2:1: there is no pack `shpo`; did you mean `shop`\?$/m);
    expect(out).toMatch(/^c\.yaml:\d+:\d+: /m);
    expect(out).toMatch(/^gone\.yaml: no such file/m);
  });

  test("warns of what is there for nothing, and exits with 0", async () => {
    const text = shop.replace("roles: {", "roles: { spare: [f, f],");
    const { status, out } = await run(["rules", "check", "s.yaml"], { files: { "s.yaml": text } });
    expect(status).toBe(0);
    expect(out).toBe(
      "s.yaml:3:10: warning: nothing names the role `spare`\n" +
        "s.yaml:3:21: warning: `f` stands in this list already\n" +
        "1 pack, 1 rule: nothing is wrong, 2 warnings\n",
    );
  });

  test("looks at the configuration, named or found, and at its packs", async () => {
    const setting = {
      files: {
        ...files,
        "backtriage.yaml": "rules: [shop.yaml]\noverrides: { shop/x: { severity: note } }\n",
      },
    };
    const problem = "backtriage.yaml:2:14: there is no rule `shop/x`\n";
    expect(await run(["rules", "check"], setting)).toMatchObject({ status: 2, out: problem });
    expect(await run(["rules", "check", "backtriage.yaml"], setting)).toMatchObject({
      status: 2,
      out: problem,
    });
    expect((await run(["rules", "check"])).err).toContain(
      "rules check needs a file, a folder or a backtriage.yaml",
    );
  });
});

describe("rules test", () => {
  test("is content with rules that do what their examples say", async () => {
    expect(await run(["rules", "test", "shop.yaml"], { files })).toMatchObject({
      status: 0,
      out: "2 examples of 1 rule: all as expected\n",
    });
  });

  test("tells what is missing and what is noisy, with its place", async () => {
    const text = shop
      .replace("#1 session_close () at b.c:9", "#1 session_end () at b.c:9")
      .replace("#1 serve () at b.c:30", "#1 session_close () at b.c:30");
    expect(await run(["rules", "test", "s.yaml"], { files: { "s.yaml": text } })).toMatchObject({
      status: 1,
      out:
        's.yaml:11:15: missing: shop/cart-while-closing does not speak of "late"; no rule speaks of it\n' +
        's.yaml:12:16: noisy: shop/cart-while-closing speaks of "early"\n' +
        "2 examples of 1 rule: 2 not as expected\n",
    });
  });

  test("says which rule speaks where one is missing", async () => {
    const text = shop
      .replace("match: [{ title: late, input: ", "match: [{ title: late, input: ")
      .replace(
        '"#0 cart_add () at a.c:4\\n#1 session_close () at b.c:9"',
        '"Program received signal SIGSEGV, Segmentation fault.\\n#0 f () at a.c:4\\n#1 main () at b.c:9"',
      );
    const { out } = await run(["rules", "test", "s.yaml"], { files: { "s.yaml": text } });
    expect(out).toContain('does not speak of "late"; crash/signal speaks of it\n');
  });

  test("runs the examples of the built-in packs and of the configuration's where no file is named", async () => {
    const { status, out } = await run(["rules", "test"], {
      files: { ...files, "backtriage.yaml": "rules: [shop.yaml]\n" },
    });
    const rules = packs.reduce((sum, pack) => sum + Object.keys(pack.rules).length, 1);
    expect(out).toMatch(new RegExp(` of ${rules} rules: all as expected\n$`));
    expect(status).toBe(0);
  });

  test("tests a rule as its author wrote it, also where the configuration turns it off", async () => {
    const config = "rules: [shop.yaml]\noverrides: { shop/cart-while-closing: { off: true, reason: x } }\n";
    const setting = { files: { ...files, "backtriage.yaml": config } };
    expect((await run(["rules", "test", "shop.yaml"], setting)).out).toBe(
      "2 examples of 1 rule: all as expected\n",
    );
  });
});

describe("rules new", () => {
  test("prints a pack that passes its check and its test", async () => {
    const { out } = await run(["rules", "new", "my-pack"]);
    const setting = { files: { "my.yaml": out } };
    expect((await run(["rules", "check", "my.yaml"], setting)).out).toBe(
      "1 pack, 1 rule: nothing is wrong\n",
    );
    expect((await run(["rules", "test", "my.yaml"], setting)).out).toBe(
      "2 examples of 1 rule: all as expected\n",
    );
    expect(out.split("\n").length).toBeLessThan(20);
  });

  test("writes it with --output", async () => {
    const { out, written } = await run(["rules", "new", "own", "-o", "own.yaml"]);
    expect(out).toBe("");
    expect(written.get("own.yaml")).toContain("pack: own\n");
  });

  test.each([
    [["Own"], "Own is no name for a pack: lower-case words joined by -"],
    [["runtime"], "runtime is a pack of the program: take another name"],
    [[], "rules new needs a name for the pack"],
  ])("%j is refused", async (words, message) => {
    expect((await run(["rules", "new", ...words])).err).toBe(
      `backtriage: ${message} (see backtriage --help)\n`,
    );
  });
});

describe("schema", () => {
  test.each([
    ["pack", "backtriage rule pack"],
    ["config", "backtriage configuration"],
    ["report", "backtriage report, version 1"],
  ])("of %s is printed", async (what, title) => {
    const { out } = await run(["schema", what]);
    expect(JSON.parse(out)).toMatchObject({ title, $schema: "https://json-schema.org/draft/2020-12/schema" });
  });
});

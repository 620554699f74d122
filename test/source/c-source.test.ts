import { describe, expect, it } from "vitest";
import { between, callsAround, readC } from "../../src/source/c-source.js";
import { linesThatSay, marks, openAt } from "./verdicts.js";

/** Each line that ends with a word says what is open there. */
const shapes: Readonly<Record<string, string>> = {
  "a begin and an end": `
void f(void)
{
    before(); // no
    open_it(); // no
    inside(); // sure
    close_it(); // no
    after(); // no
}`,
  "an end on the way out": `
int f(struct dev *d)
{
    open_it(); // no
    d->old = find(d->as, // sure
                  0, 1); // sure
    if (!look(d->old)) { // sure
        report("no } old\\" one"); // sure
        close_it(); // no
        return tell(-1); // no
    }
    add(d); // sure
    close_it();
    return tell(0); // no
}`,
  "both arms of a choice": `
void f(int x)
{
    open_it();
    if (x > 1) {
        close_it();
        first(); // no
    } else if (x) {
        second(); // sure
        close_it();
    } else {
        third(); // sure
    }
    after(); // maybe
}`,
  "arms that close both": `
void f(int x)
{
    open_it();
    if (x)
        close_it();
    else {
        work(); // sure
        close_it();
    }
    after(); // no
}`,
  "a begin under a condition": `
void f(bool locked)
{
    if (!locked) {
        open_it();
        inside(); // sure
    }
    work(); // maybe
    if (!locked)
        close_it();
}`,
  "a begin behind && and in ?:": `
void f(bool locked)
{
    locked && open_it();
    work(); // maybe
    close_it();
    locked ? open_it() : none();
    work(); // maybe
    close_it();
    if (locked && any() && open_it())
        work(); // maybe
}`,
  "a begin among arguments": `
void f(int a, int b)
{
    check(a && b, open_it());
    work(); // sure
}`,
  "nested begins": `
void f(void)
{
    open_it();
    open_more(); // sure
    work(); // sure
    close_it();
    work(); // sure
    close_it();
    work(); // no
}`,
  loops: `
void f(int n)
{
    int i;

    for (i = 0; i < n; i++) {
        before(i); // no
        open_it();
        inside(i); // sure
        if (bad(i)) { // sure
            close_it();
            continue;
        }
        if (worse(i)) // sure
            break;
        close_it();
    }
    after(); // maybe
}`,
  "a loop that closes and opens again": `
void f(int n)
{
    open_it();
    while (more(n)) { // sure
        step(n); // sure
        if (tired(n)) { // sure
            close_it();
            rest(n); // no
            open_it();
        }
    }
    after(); // sure
    close_it();
}`,
  "a loop that closes in its first round": `
void f(int n)
{
    open_it();
    while (more(n)) { // maybe
        step(n); // maybe
        close_it();
    }
}`,
  "a loop without an end": `
void f(void)
{
    open_it();
    for (;;) {
        wait(); // sure
        if (done()) { // sure
            close_it();
            break;
        }
    }
    after(); // no
}`,
  "do while": `
void f(int n)
{
    do {
        open_it();
        inside(n); // sure
    } while (again(n)); // sure
    after(n); // sure
    close_it();
    do {
        if (n)
            break;
        open_it();
    } while (0);
    after(n); // maybe
}`,
  "a ladder of gotos": `
int f(struct dev *d)
{
    int r = first(d); // no

    if (r < 0) {
        goto out;
    }
    open_it();
    r = second(d); // sure
    if (r < 0) {
        goto close;
    }
    close_it();
    return done(d); // no

close:
    undo(d); // sure
    close_it();
out:
    return fail(d, r); // no
}`,
  "goto that goes back": `
void f(int n)
{
again:
    work(n); // maybe
    open_it();
    inside(n); // sure
    if (n--)
        goto again;
}`,
  "a macro that is given a label": `
int f(int n)
{
    open_it();
    CHECK(work(n), out); // sure
    close_it();
    CHECK(work(n), out); // no
out:
    return tell(n); // maybe
}`,
  "a switch": `
void f(int n)
{
    open_it();
    switch (kind(n)) { // sure
    case 1:
        one(n); // sure
        close_it();
        break;
    case KIND(2) ? 3 : 4:
    case '}':
        two(n); // sure
        /* fall through */
    case 5: {
        three(n); // sure
        close_it();
        return;
    }
    default:
        close_it();
        other(n); // no
    }
    after(n); // no
}`,
  "a switch that leaves something open": `
void f(int n)
{
    switch (n) {
    case 1:
        open_it();
        break;
    case 2:
        work(n); // no
        abort();
    }
    after(n); // maybe
}`,
  "what does not return": `
void f(int n)
{
    if (n) {
        open_it();
    } else {
        tell(n); // no
        g_assert_not_reached();
    }
    work(n); // sure
}`,
  "a guard up to the end of its scope": `
int f(struct dev *d)
{
    before(d); // no
    GUARD(&d->lock);
    work(d); // sure
    if (check(d)) { // sure
        return leave(d); // sure
    }
    return after(d); // sure
}`,
  "a guard in a block": `
int f(struct dev *d)
{
    {
        GUARD();
        work(d); // sure
        if (bad(d)) // sure
            goto out;
    }
    after(d); // no
out:
    return tell(d); // no
}`,
  "a guard in front of a block": `
void f(struct dev *d)
{
    WITH_GUARD(&d->lock) {
        work(d); // sure
        if (bad(d)) { // sure
            break;
        }
        WITH_GUARD(&d->more)
            work(d); // sure
        work(d); // sure
    }
    after(d); // no
    while (d) {
        WITH_GUARD(&d->lock) {
            if (bad(d)) // sure
                continue;
        }
        after(d); // no
    }
    after(d); // no
}`,
  "a macro that loops": `
void f(struct list *l)
{
    struct item *i;

    open_it();
    QTAILQ_FOREACH(i, l, next) {
        if (skip(i)) // sure
            continue;
        if (last(i)) // sure
            break;
        each(i); // sure
    }
    after(l); // sure
    close_it();
    FOREACH(i, l)
        open_it();
    after(l); // maybe
}`,
  "#if around statements": `
void f(int n)
{
#ifdef CONFIG_BATCH
    open_it();
    inside(n); // sure
#endif
    work(n); // maybe
#if defined(A) && \\
    defined(B)
    close_it();
    one(n); // no
#elif defined(C)
    close_it();
#else
    close_it();
    two(n); // no
#endif
    after(n); // no
#if 0
    open_it();
    dead(n); // no
#else
    live(n); // no
#endif
    open_it();
#if 0
    close_it();
#endif
    after(n); // sure
}`,
  "#if within a statement": `
void f(int n)
{
    check(n,
#ifdef DEBUG
          open_it(),
#else
          none(),
#endif
          1);
    work(n); // maybe
}`,
  "texts and comments that look like code": `
void f(int n) /* { */
{
    // open_it(); {
    /* open_it();
     */ tell("open_it(); // {", '"', '\\''); // no
    open_it(); // }
    #define CLOSE() \\
        close_it()
    inside(n); // sure
}`,
  "an old list of parameters": `
int
f(a, b)
    int a;
    char *b;
{
    open_it();
    inside(a, b); // sure
}`,
  "attributes and macros around the name": `
MODULE_INIT(thing)
static int coroutine_fn G_GNUC_PRINTF(1, 2)
f(const char *text, ...) __attribute__((noinline)) TSA_REQUIRES(lock)
{
    g_autofree char *copy = copied(text); // no
    open_it();
    g_autoptr(Thing) thing = made(copy); // sure
    call_through(thing)(copy); // sure
    thing->ops[1](copy); // sure
    (*thing->free)(thing); // sure
}`,
  "linkage and namespaces": `
#ifdef __cplusplus
extern "C" {
#endif
namespace dev::core {
void f(int n)
{
    open_it();
    inside(n); // sure
}
}
#ifdef __cplusplus
}
#endif`,
  "a statement that calls through the name of the end": `
void f(struct ops *ops)
{
    open_it();
    ops->close_it(); // no
    after(ops); // no
}`,
  "dead code": `
void f(int n)
{
    open_it();
    return;
    inside(n); // no
}`,
};

describe("what is open at a line, by", () => {
  const lines = Object.entries(shapes).flatMap(([shape, text]) =>
    linesThatSay(text).map((line) => ({ shape, source: text, ...line })),
  );

  it.each(lines)("$shape: $text", ({ source, line, said }) => {
    expect(openAt(source, line)).toBe(said);
  });
});

/** Whether anything at all can be told of the function `f`: the line with `//` lies between. */
const untold: Readonly<Record<string, string>> = {
  "braces that #if and #else share": `
void f(int n)
{
    open_it();
#ifdef A
    if (n) {
#else
    if (!n) {
#endif
        inside(n); // no
    }
}`,
  "heads that #if and #else share a body": `
#ifdef A
void f(int n) {
#else
void f(void) {
#endif
    open_it();
    inside(0); // no
}`,
  "an else behind #endif": `
void f(int n)
{
    open_it();
#ifdef A
    if (n) {
        a(n);
    } else
#endif
    inside(n); // no
}`,
  "a goto whose target is computed": `
void f(void *p)
{
    open_it();
    inside(p); // no
    goto *p;
}`,
  "a label that is not there": `
void f(int n)
{
    open_it();
    inside(n); // no
    goto nowhere;
}`,
  "jumps out of an expression": `
void f(int n)
{
    open_it();
    n = ({ if (n) goto out; 1; });
    inside(n); // no
out:
    close_it();
}`,
  "another function's body": `
void g(int n)
{
    open_it();
    inside(n); // no
}`,
  "a table": `
struct ops f[] = {
    open_it(),
    inside(0), // no
};`,
  "a bracket without its other half": `
void f(int n)
{
    open_it();
    tell((n);
    inside(n); // no
}`,
  "lines that #line says are another file's": `
#line 12 "f.y"
void f(int n)
{
    open_it();
    inside(n); // no
}`,
  "another language": `
void f(int n)
{
    open_it();
    try {
        close_it();
    } catch (int) {
    }
    inside(n); // no
}`,
};

describe("nothing is told of", () => {
  it.each(Object.entries(untold))("%s", (_, text) => {
    const [line] = linesThatSay(text);
    expect(line).toBeDefined();
    expect(openAt(text, line?.line ?? 0)).toBe("no");
    expect(callsAround(readC(text), line?.line ?? 0, "f")).toBeNull();
  });

  it("a line without a statement, and one without a call where a call is in progress", () => {
    const source = readC("void f(int n)\n{\n    open_it();\n\n    n = 1;\n}\n");
    const at = (line: number, calling: boolean) =>
      between(source, { line, function: "f", calling }, marks) !== null;
    expect(at(4, false)).toBe(false);
    expect(at(5, true)).toBe(false);
    expect(at(5, false)).toBe(true);
    expect(at(6, false)).toBe(false);
  });

  it("two statements on one line of which one is outside", () => {
    expect(openAt("void f(void) {\n  work(); open_it(); work();\n}", 2)).toBe("maybe");
  });
});

describe("what lies between", () => {
  const text = `
void f(struct dev *d)
{
    open_it();
    open_more();
    first(d, second(d));
    close_it();
    third(d);
    if (d->bad) {
        close_it();
        return;
    }
    fourth(d);
    close_it();
}`;
  const at = (line: number) => between(readC(text), { line, function: "f", calling: true }, marks);

  it("is told with the innermost begin and the end that belongs to it", () => {
    expect(at(6)).toMatchObject({
      began: { name: "open_more", line: 5 },
      ends: { name: "close_it", line: 7 },
    });
    expect(at(8)).toMatchObject({ began: { name: "open_it", line: 4 }, ends: { line: 10 } });
    expect(at(13)).toMatchObject({ began: { line: 4 }, ends: { line: 14 } });
  });

  it("is told with what the line calls", () => {
    expect([...(at(6)?.calls ?? [])]).toEqual(["first", "second"]);
  });

  it("is open to the end of the function where nothing ends it", () => {
    const found = between(
      readC("void f(void) {\nopen_it();\nx();\n}"),
      { line: 3, function: "f", calling: true },
      marks,
    );
    expect(found).toMatchObject({ began: { line: 2 }, ends: null, guarded: false });
  });

  it("ends with the scope of a guard", () => {
    const found = between(
      readC("void f(void) {\nGUARD();\nx();\n}"),
      { line: 3, function: "f", calling: true },
      marks,
    );
    expect(found).toMatchObject({ began: { name: "GUARD", line: 2 }, ends: null, guarded: true });
  });

  it("ends with the scope of a begin that has no end", () => {
    const source = "void f(void)\n{\n  {\n    open_it();\n    x();\n  }\n  y();\n}";
    expect(openAt(source, 5, { end: new Set() })).toBe("sure");
    expect(openAt(source, 7, { end: new Set() })).toBe("no");
  });

  it("goes by the function's name without the marks of a copy", () => {
    const source = readC("void f(void) {\nopen_it();\nx();\n}");
    for (const name of ["f.part.0", "f.constprop.0", "f(void)", "core::f"])
      expect(between(source, { line: 3, function: name, calling: true }, marks)?.sure).toBe(true);
    expect(between(source, { line: 3, function: "ff", calling: true }, marks)).toBeNull();
  });
});

describe("the calls around a line", () => {
  const names = (text: string, line: number) => {
    const found = callsAround(readC(text), line, "f");
    return (
      found && { before: found.before.map(({ name }) => name), after: found.after.map(({ name }) => name) }
    );
  };

  it("are those on the ways through it", () => {
    const text = `
void f(int n)
{
    a(n);
    if (n == 1) {
        b(n);
        return;
    } else if (n == 2) {
        c(n);
        here(n);
        d(n);
    } else {
        e(n);
    }
    g(n);
}`;
    expect(names(text, 10)).toEqual({ before: ["a", "c"], after: ["d", "g"] });
    expect(names(text, 15)).toEqual({ before: ["a", "c", "here", "d", "e"], after: [] });
  });

  it("leave out what a jump leads past, and follow a goto", () => {
    const text = `
int f(int n)
{
    if (n) {
        a(n);
        goto out;
    }
    b(n);
    here(n);
    c(n);
out:
    d(n);
}`;
    expect(names(text, 9)).toEqual({ before: ["b"], after: ["c", "d"] });
    expect(names(text, 12)).toEqual({ before: ["a", "b", "here", "c"], after: [] });
  });

  it("carry their line and how deep they are nested", () => {
    const text = "void f(int n)\n{\n  a(n);\n  {\n    {\n      b(\n        n);\n    }\n  }\n  here();\n}";
    expect(callsAround(readC(text), 10, "f")?.before).toEqual([
      { name: "a", line: 3, nesting: 0, always: true },
      { name: "b", line: 6, nesting: 2, always: true },
    ]);
  });
});

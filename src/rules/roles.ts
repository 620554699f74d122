import type { Frame } from "../model/trace.js";
import { canonicalName } from "../text/names.js";
import { anyOf, anyPathOf, type Matcher } from "./glob.js";
import type { Pack, Role } from "./language/pack.js";
import { SourceRoles } from "./source-roles.js";

/** Names the roles of a frame, in the pack's order; `called` is the next frame inwards, where there is one. */
export type RoleReader = (frame: Frame, called?: Frame) => readonly string[];

type Test = (frame: Frame, called?: Frame) => boolean;

/**
 * Compiles the roles of a pack. What the place of a frame decides is looked at once for each place.
 * @param sources decides the roles that ask between which calls the frame's line lies
 */
export function compileRoles(
  roles: Pack["roles"],
  sources: SourceRoles = new SourceRoles(roles, null),
): RoleReader {
  const tests = Object.entries(roles).map(([name, role]) => ({
    name,
    place: placeTest(role),
    test: bothOf(variableTest(role), sourceTest(name, role, sources)),
  }));
  const seen = new Map<string, PlaceRoles>();
  const lookAt = (frame: Frame): PlaceRoles => {
    const here = tests.filter(({ place }) => place(frame));
    const sure = here.flatMap(({ name, test }) => (test === null ? [name] : []));
    const asked = here.flatMap(({ name, test }) => (test === null ? [] : [{ name, test }]));
    return { sure, asked, all: withIncluding(sure, roles) };
  };
  return (frame, called) => {
    const key = placeKey(frame);
    let here = seen.get(key);
    if (here === undefined) {
      here = lookAt(frame);
      seen.set(key, here);
    }
    if (here.asked.length === 0) return here.all;
    const shown = here.asked.filter(({ test }) => test(frame, called)).map(({ name }) => name);
    return shown.length === 0 ? here.all : withIncluding([...here.sure, ...shown], roles);
  };
}

/** Every pack asks for the place of every frame: the text is made, and hashed, once. */
const placeKeys = new WeakMap<Frame, string>();

function placeKey(frame: Frame): string {
  const known = placeKeys.get(frame);
  if (known !== undefined) return known;
  const key = `${frame.kind}\n${frame.function}\n${frame.location?.file}\n${frame.library}`;
  placeKeys.set(frame, key);
  return key;
}

/** The roles that the place of a frame gives: surely, or if its variables or its line show it. */
interface PlaceRoles {
  readonly sure: readonly string[];
  readonly asked: readonly { readonly name: string; readonly test: Test }[];
  /** The sure ones with those that include them. */
  readonly all: readonly string[];
}

/** Function, file, library and kind: whatever the role names of them must fit. */
function placeTest(role: Role): Test {
  const tests: Test[] = [];
  if (role.functions !== undefined) tests.push(onText(anyOf(role.functions), nameOf));
  if (role.files !== undefined) tests.push(onText(anyPathOf(role.files), ({ location }) => location?.file));
  if (role.libraries !== undefined) tests.push(onText(anyPathOf(role.libraries), ({ library }) => library));
  if (role.kinds !== undefined) {
    const kinds: readonly string[] = role.kinds;
    tests.push(({ kind }) => kinds.includes(kind));
  }
  const onlyIncludes = tests.length === 0 && role.variables === undefined && role.between === undefined;
  return (frame) => !onlyIncludes && tests.every((test) => test(frame));
}

/** A local or an argument with one of the names is printed with a value that is not null; null where the role names none. */
function variableTest(role: Role): Test | null {
  if (role.variables === undefined) return null;
  const matches = anyOf(role.variables);
  return ({ arguments: items, locals }) =>
    [...items, ...(locals ?? [])].some(({ name, value }) => name !== null && matches(name) && isSet(value));
}

/** The frame's line lies between what the role names; null where it names nothing. */
function sourceTest(name: string, role: Role, sources: SourceRoles): Test | null {
  return role.between === undefined ? null : (frame, called) => sources.has(name, frame, called);
}

function bothOf(one: Test | null, other: Test | null): Test | null {
  if (one === null || other === null) return one ?? other;
  return (frame, called) => one(frame, called) && other(frame, called);
}

function isSet(value: string | null): boolean {
  return value !== null && /^(?:0x0*[1-9a-f]|[1-9]|true\b)/.test(value);
}

function nameOf({ function: name }: Frame): string | null {
  return name === null ? null : canonicalName(name);
}

function onText(matches: Matcher, read: (frame: Frame) => string | null | undefined): Test {
  return (frame) => {
    const text = read(frame);
    return typeof text === "string" && matches(text);
  };
}

/** Adds the roles that include one of these. The loader has refused cycles. */
function withIncluding(own: readonly string[], roles: Pack["roles"]): string[] {
  if (own.length === 0) return [];
  const found = new Set(own);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [name, { includes = [] }] of Object.entries(roles))
      if (includes.some((one) => found.has(one))) found.add(name);
  }
  return Object.keys(roles).filter((name) => found.has(name));
}

/** A frame of which nothing but the name is known. */
export function frameNamed(name: string): Frame {
  const nowhere = { offset: 0, line: 1, column: 1 };
  return {
    level: 0,
    address: null,
    function: name,
    kind: "normal",
    inlined: null,
    arguments: [],
    location: null,
    library: null,
    libraryOffset: null,
    locals: null,
    span: { start: nowhere, end: nowhere },
  };
}

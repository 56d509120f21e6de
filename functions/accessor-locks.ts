import { familyOf, type Surroundings } from "../model/c/index.ts";
import {
  type CallEffect,
  isTrylock,
  type Knowledge,
  type PlacedOperation,
} from "../model/c/knowledge/index.ts";
import { type CallText, splitTop, type UnitFunction } from "../model/c/source/index.ts";
import { isCounted } from "../model/kernel/counted.ts";
import { type Accessors, accessorsIn, type Canonical, canonicalIn } from "./accessor-text.ts";
import { nameOfHeld } from "./callback-problem.ts";
import { heldLinesOf } from "./held-lines.ts";
import { calleeFirst } from "./order.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";

/** Further down nobody looks. */
const MAX_LOCKS = 16;

/**
 * Calls under a lock of functions that take a lock like it, which they reach by an accessor of an argument, as by
 * netdev_priv(dev), themselves or by what they call: whether they do on that path is not judged.
 */
export async function accessorLocks(
  surroundings: Surroundings,
  asked: readonly UnitFunction[],
): Promise<readonly UnknownLockCall[]> {
  const { unit, known } = surroundings;
  const reader = new Reader(surroundings);
  const { functions } = calleeFirst(unit, (name) => isLocking(known, name));
  for (const each of functions) reader.note(each);
  const found: UnknownLockCall[] = [];
  for (const each of asked) {
    const sites = reader.sitesIn(each);
    if (sites.length === 0) continue;
    const held = await heldLinesOf(each, surroundings);
    const canonical = reader.canonicalOf(each);
    for (const { call, locks } of sites) {
      const line = unit.lines.lineAt(each.bodyStart + call.from);
      const under = held.lines.find((one) => one.line === line)?.held ?? [];
      const again = [...under].find((look) => locks.has(canonicalLook(look, canonical)));
      if (again === undefined) continue;
      const what = `takes a lock like ${nameOfHeld(again)}, which is held there`;
      const about = {
        function: each.name,
        callee: call.callee,
        arguments: call.arguments,
        line,
        at: call.at,
      };
      found.push({ ...about, at: each.bodyStart + call.at, callback: `${what}, by an accessor` });
    }
  }
  return found;
}

const isLocking = (known: Knowledge, name: string): boolean =>
  (known.find(name, [])?.outcomes ?? []).some(({ does }) => does.some(takes));

const takes = ({ operation: { kind } }: PlacedOperation): boolean =>
  kind === "acquire" || kind === "acquire-release";

function canonicalLook(look: string, canonical: Canonical): string {
  const at = look.indexOf(" ");
  return `${look.slice(0, at)} ${canonical(look.slice(at + 1))}`;
}

interface Site {
  readonly call: CallText;
  /** Each by its family and where it is. */
  readonly locks: ReadonlySet<string>;
}

/** Tells the locks that functions of a source take behind accessors of their arguments, callee first. */
class Reader {
  readonly #surroundings: Surroundings;
  readonly #accessors: Accessors;
  /** With `%0` for the first argument. */
  readonly #taken = new Map<string, ReadonlySet<string>>();
  readonly #canonical = new Map<UnitFunction, Canonical>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#accessors = accessorsIn(surroundings.unit);
  }

  canonicalOf(each: UnitFunction): Canonical {
    const known = this.#canonical.get(each) ?? canonicalIn(each, this.#surroundings.unit, this.#accessors);
    this.#canonical.set(each, known);
    return known;
  }

  note(each: UnitFunction): void {
    const { known } = this.#surroundings;
    const canonical = this.canonicalOf(each);
    const taken = new Set<string>();
    const given = new Set<string>();
    for (const call of each.ownCalls) {
      for (const lock of this.#behind(call, canonical)) taken.add(lock);
      for (const { look, kind } of locksOf(call, known.find(call.name, []), canonical)) {
        if (kind === "release" || kind === "assume") given.add(look);
        else if (!given.has(look)) taken.add(look);
      }
    }
    const templates = [...taken].flatMap((look) => templateOf(look, each) ?? []);
    if (templates.length > 0) this.#taken.set(each.name, new Set(templates.slice(0, MAX_LOCKS)));
  }

  /** Calls that take a lock which the function names as well. */
  sitesIn(each: UnitFunction): readonly Site[] {
    if (![...each.calls].some((name) => this.#taken.has(name))) return [];
    const { known } = this.#surroundings;
    const canonical = this.canonicalOf(each);
    const own = new Set(
      each.ownCalls.flatMap((call) =>
        locksOf(call, known.find(call.name, []), canonical).map(({ look }) => look),
      ),
    );
    const annotated = each.annotations.map(({ lock }) => canonical(lock) ?? "");
    const isOwn = (look: string) => own.has(look) || annotated.some((lock) => look.endsWith(` ${lock}`));
    return each.ownCalls.flatMap((call) => {
      const locks = this.#behind(call, canonical).filter(isOwn);
      return locks.length > 0 ? [{ call, locks: new Set(locks) }] : [];
    });
  }

  /** What a call takes behind accessors, where its caller finds it. */
  #behind(call: CallText, canonical: Canonical): readonly string[] {
    const templates = call.callee === call.name ? this.#taken.get(call.name) : undefined;
    if (!templates) return [];
    const args = splitTop(call.arguments).map((arg) => arg.trim());
    return [...templates].flatMap((template) => {
      const at = template.indexOf(" ");
      const place = template
        .slice(at + 1)
        .replace(/%(\d+)/g, (_, position) => whole(args[Number(position)] ?? ""));
      const found = canonical(place);
      return found === undefined ? [] : [`${template.slice(0, at)} ${found}`];
    });
  }
}

/** A path, its address or a call stands by itself. */
const whole = (arg: string): string =>
  /^&?\w+(?:(?:->|\.)\w+)*$|^\w+\([^()]*\)$/.test(arg) ? arg : `(${arg})`;

interface Named {
  readonly look: string;
  readonly kind: string;
}

/** The locks that a call is given, with what it does to them. */
function locksOf(
  { name, callee, arguments: given }: CallText,
  effect: CallEffect | undefined,
  canonical: Canonical,
): readonly Named[] {
  if (!effect || name !== callee || isTrylock(name)) return [];
  const args = splitTop(given);
  return effect.outcomes
    .flatMap(({ does, mayPass = [] }) => [...does, ...mayPass])
    .flatMap(({ operation, path = "" }) => {
      if (!("operand" in operation) || typeof operation.operand !== "number") return [];
      const { kind } = operation;
      const isAsked =
        kind === "acquire" || kind === "acquire-release" || kind === "release" || kind === "assume";
      const mayNest = isCounted(operation.object) || ("mode" in operation && operation.mode === "shared");
      const arg = args[operation.operand]?.trim();
      if (!isAsked || mayNest || arg === undefined || /[[\]*]/.test(path)) return [];
      const place = canonical(arg.startsWith("&") ? arg.slice(1) + path.replace(/^->/, ".") : arg + path);
      return place === undefined ? [] : [{ look: `${familyOf(operation.object)} ${place}`, kind }];
    });
}

/** In terms of the parameters; undefined for what is behind no accessor, and for what no caller can name. */
function templateOf(look: string, { parameters }: UnitFunction): string | undefined {
  if (!look.includes("(")) return undefined;
  let isGiven = false;
  const template = look.replace(
    /(^|[^\w.>])([A-Za-z_]\w*)(?![\w(])/g,
    (whole, before: string, name: string) => {
      const position = parameters.indexOf(name);
      if (position < 0) return whole;
      isGiven = true;
      return `${before}%${position}`;
    },
  );
  return isGiven ? template : undefined;
}

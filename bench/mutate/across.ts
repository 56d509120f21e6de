import type { Edit } from "./edit.ts";
import { releasedBy, takesAtomic } from "./lock.ts";
import {
  blank,
  type Call,
  type CallStatement,
  callStatements,
  callsOf,
  functionsOf,
  type ScannedFunction,
} from "./scan.ts";
import type { CFile, Site } from "./site.ts";

/** A way to break a helper so that a caller in another file goes wrong. */
export interface AcrossKind {
  readonly name: string;
  /** Share of mutants that must be caught. */
  readonly target: number;
  readonly sitesIn: (files: readonly CFile[]) => readonly Site[];
}

/** A function of a file, scanned. */
export interface Scanned {
  readonly source: CFile;
  /** The blanked text of the file. */
  readonly code: string;
  readonly in: ScannedFunction;
}

/** A call of a helper that another file defines. */
interface FarCall {
  readonly caller: Scanned;
  readonly call: Call;
  readonly helper: Scanned;
}

/** A call of a helper between the call that takes a lock and the first that gives it back. */
interface HeldCall extends FarCall {
  readonly taken: CallStatement;
  readonly releaseName: string;
}

const TARGET = 0.8;
const PLAIN = /^(?:(?:raw_)?(?:spin|read|write)_lock(?:_irq|_bh|_irqsave)?|mutex_lock|down_(?:read|write))$/;

const exitsOf = ({ code, in: { start, end } }: Scanned): number =>
  [...code.slice(start, end).matchAll(/\breturn\b/g)].length;

const SHAPES = [
  { words: "one exit", has: (helper: Scanned) => exitsOf(helper) < 2 },
  { words: "two or more exits", has: (helper: Scanned) => exitsOf(helper) >= 2 },
];

/** Each kind apart for helpers that leave at one place, and for those that leave at several. */
export const acrossKinds: readonly AcrossKind[] = SHAPES.flatMap(({ words, has }) => [
  {
    name: `helper elsewhere sleeps (${words})`,
    target: TARGET,
    sitesIn: (files) =>
      once(heldCalls(files).filter(({ helper, taken }) => has(helper) && takesAtomic(taken.name))).map(
        (each) => siteOf(each.helper, beforeEnd(each.helper, "msleep(1);"), ["no-sleep-in-atomic"]),
      ),
  },
  {
    name: `helper elsewhere retakes its caller's lock (${words})`,
    target: TARGET,
    sitesIn: (files) =>
      once(heldCalls(files).filter(({ helper }) => has(helper))).flatMap((each) => {
        const text = retaking(each);
        return text === undefined ? [] : [siteOf(each.helper, beforeEnd(each.helper, text), ["double-lock"])];
      }),
  },
  {
    name: `helper elsewhere keeps its lock (${words})`,
    target: TARGET,
    sitesIn: (files) => once(farCalls(files).filter(({ helper }) => has(helper))).flatMap(deletedUnlocks),
  },
]);

/** One for each helper. */
function once<Call extends FarCall>(calls: readonly Call[]): readonly Call[] {
  const seen = new Set<string>();
  return calls.filter(({ helper }) => {
    const key = `${helper.source.file} ${helper.in.name}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function siteOf({ source, code, in: { name } }: Scanned, edit: Edit, rules: readonly string[]): Site {
  const line = code.slice(0, edit.at).split("\n").length;
  return { source, function: name, line, edit, rules, outOfReach: undefined, harmless: undefined };
}

/** In front of the last way out that no branch leads to. */
export function beforeEnd({ code, in: { start, end } }: Scanned, text: string): Edit {
  const last = [...code.slice(start, end).matchAll(/^\t(return\b)/gm)].at(-1);
  const at = last ? start + last.index + 1 : end;
  return { at, end: at, text: last ? `${text}\n\t` : `\t${text}\n` };
}

/** The caller's lock, by the parameter through which the helper is handed what it stands in. */
function retaking({ call, helper, taken, releaseName }: HeldCall): string | undefined {
  const [, owner, path] = /^&(\w+)(->[\w.>-]+)$/.exec(taken.arguments[0] ?? "") ?? [];
  const position = owner === undefined ? -1 : call.arguments.indexOf(owner);
  const parameter = position < 0 ? undefined : parametersOf(helper.in)[position];
  if (parameter === undefined) return undefined;
  const plain = (name: string) => name.replace(/_(?:irqsave|irqrestore|irq|bh)$/, "");
  return `${plain(taken.name)}(&${parameter}${path}); ${plain(releaseName)}(&${parameter}${path});`;
}

function parametersOf({ head, name }: ScannedFunction): readonly (string | undefined)[] {
  const given = head.slice(head.lastIndexOf(`${name}(`) + name.length + 1, head.lastIndexOf(")"));
  return given.split(",").map((each) => /(\w+)\s*$/.exec(each)?.[1]);
}

function deletedUnlocks({ helper }: FarCall): readonly Site[] {
  const { code } = helper;
  const body = code.slice(helper.in.start, helper.in.end);
  return callStatements(code, helper.in).flatMap(({ name, at, end }) => {
    const family = releasedBy(name);
    if (!family?.acquires.test(body)) return [];
    const rules = [...family.rules, ...(family.atomic ? ["no-sleep-in-atomic"] : [])];
    return [siteOf(helper, { at, end, text: ";" }, rules)];
  });
}

function farCalls(files: readonly CFile[]): readonly FarCall[] {
  const all = files.flatMap(scannedIn);
  const helpers = new Map<string, Scanned[]>();
  for (const each of all) {
    if (/\bstatic\b/.test(each.in.returns)) continue;
    helpers.set(each.in.name, [...(helpers.get(each.in.name) ?? []), each]);
  }
  return all.flatMap((caller) =>
    callsOf(caller.code, caller.in).flatMap((call) => {
      const [helper, ...others] = helpers.get(call.name) ?? [];
      const isFar = helper && others.length === 0 && helper.source.file !== caller.source.file;
      return isFar ? [{ caller, call, helper }] : [];
    }),
  );
}

export function scannedIn(source: CFile): readonly Scanned[] {
  const code = blank(source.text);
  return functionsOf(code).map((each) => ({ source, code, in: each }));
}

const heldCalls = (files: readonly CFile[]): readonly HeldCall[] =>
  farCalls(files).flatMap((each) => {
    const statements = callStatements(each.caller.code, each.caller.in);
    const held = takenBefore(each.call, statements);
    return held ? [{ ...each, ...held }] : [];
  });

/** The last lock that is taken above a call and given back below it alone. */
export function takenBefore(
  { at }: Call,
  statements: readonly CallStatement[],
): Pick<HeldCall, "taken" | "releaseName"> | undefined {
  const taken = statements.filter((each) => each.at < at && PLAIN.test(each.name)).at(-1);
  const releases = statements.filter(
    ({ name, arguments: given }) =>
      releasedBy(name) !== undefined && given[0] !== undefined && given[0] === taken?.arguments[0],
  );
  const isBetween = releases.some((each) => taken && each.at > taken.at && each.at < at);
  const behind = releases.find((each) => each.at > at);
  return taken && behind && !isBetween ? { taken, releaseName: behind.name } : undefined;
}

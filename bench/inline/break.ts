import { beforeEnd, type Scanned, takenBefore } from "../mutate/across.ts";
import { applyEdits, type Edit } from "../mutate/edit.ts";
import { releasedBy, takesAtomic } from "../mutate/lock.ts";
import { type CallStatement, callStatements } from "../mutate/scan.ts";
import { nthCall, type Pair, scanned } from "./pair.ts";
import { parametersOf } from "./parameter.ts";

/** A mistake that matters to a caller and its callee together. */
export interface Break {
  readonly name: string;
  readonly in: "caller" | "callee";
  /** Each of the two is right by itself. */
  readonly together: boolean;
  readonly edits: readonly Edit[];
}

/** A mistake of neither alone. */
type Apart = Omit<Break, "together">;

/** Both functions as they stand, with the call. */
interface Both {
  readonly caller: Scanned;
  readonly callee: Scanned;
  readonly call: { readonly at: number; readonly arguments: readonly string[] };
}

/** All that may be broken of a pair. */
export function breaksOf(pair: Pair): readonly Break[] {
  const [caller, callee] = [scanned(pair.caller), scanned(pair.callee)];
  const call = caller && nthCall(caller, pair.callee.name, pair.nth);
  if (!caller || !callee || !call) return [];
  const both = { caller, callee, call };
  const together = [...sleepUnderLock(both), ...lockAround(both), ...behindCall(both)];
  return [...inCallee(both), ...together.map((each) => ({ ...each, together: true }))];
}

const isRelease = ({ name }: CallStatement): boolean => releasedBy(name) !== undefined;

/** An unlock that is lost, on all ways or on one. */
function inCallee({ callee }: Both): readonly Break[] {
  const calls = callStatements(callee.code, callee.in);
  return calls.filter(isRelease).flatMap((release): Break[] => {
    const { at, end, text } = release;
    const together = !calls.some((each) => each.at < at && isPair(each.name, release));
    const about = { in: "callee", together } as const;
    return [
      { ...about, name: "unlock deleted in the callee", edits: [{ at, end, text: ";" }] },
      {
        ...{ ...about, name: "unlock on some paths in the callee" },
        edits: [{ at, end, text: `{ if (need_resched()) ${text} }` }],
      },
    ];
  });
}

function sleepUnderLock({ caller, callee, call }: Both): readonly Apart[] {
  const held = takenBefore({ name: callee.in.name, ...call }, callStatements(caller.code, caller.in));
  if (!held || !takesAtomic(held.taken.name)) return [];
  return [
    {
      name: "sleep in the callee under the caller's lock",
      in: "callee",
      edits: [beforeEnd(callee, "msleep(1);")],
    },
  ];
}

const TAKES = /^(?:(?:raw_)?(?:spin|read|write)_lock(?:_irq|_bh)?|mutex_lock|down_(?:read|write))$/;

/** The caller takes and releases around the call what the callee takes as well. */
function lockAround(both: Both): readonly Apart[] {
  const { caller, callee, call } = both;
  const inside = callStatements(callee.code, callee.in);
  const around = callStatements(caller.code, caller.in).find(({ at, end }) => at <= call.at && call.at < end);
  if (!around || around.at !== call.at) return [];
  return inside
    .filter(({ name }) => TAKES.test(name))
    .flatMap((taken): Apart[] => {
      const lock = forCaller(taken.arguments[0] ?? "", both);
      const release = inside.find((each) => isRelease(each) && each.arguments[0] === taken.arguments[0]);
      if (lock === undefined || !release) return [];
      const text = `{ ${taken.name}(${lock}); ${around.text} ${release.name}(${lock}); }`;
      return [
        {
          name: "callee's lock taken around the call",
          in: "caller",
          edits: [{ at: around.at, end: around.end, text }],
        },
      ];
    });
}

/** What a helper left held is not released, or what it released is released again. */
function behindCall(both: Both): readonly Apart[] {
  const { caller, callee, call } = both;
  const [own, inside] = [callStatements(caller.code, caller.in), callStatements(callee.code, callee.in)];
  const kept = inside.filter(({ name }) => TAKES.test(name) && !inside.some((each) => isPair(name, each)));
  const dropped = inside.filter((each) => isRelease(each) && !inside.some(({ name }) => isPair(name, each)));
  const lost = kept.flatMap(({ name }) =>
    own
      .filter((each) => each.at > call.at && isPair(name, each))
      .map(
        ({ at, end }): Apart => ({
          ...{ name: "unlock behind the call deleted", in: "caller", edits: [{ at, end, text: ";" }] },
        }),
      ),
  );
  const statement = own.find(({ at }) => at === call.at);
  const twice = dropped.flatMap((each): Apart[] => {
    const lock = forCaller(each.arguments[0] ?? "", both);
    if (lock === undefined || !statement || each.arguments.length > 1) return [];
    const { at, end, text } = statement;
    return [
      {
        name: "callee's unlock repeated behind the call",
        in: "caller",
        edits: [{ at, end, text: `{ ${text} ${each.name}(${lock}); }` }],
      },
    ];
  });
  return [...lost, ...twice];
}

const isPair = (acquire: string, release: CallStatement): boolean =>
  releasedBy(release.name)?.acquires.test(acquire) === true;

/** A lock of the callee by the caller's names; undefined where no argument leads to it. */
function forCaller(lock: string, { caller, callee, call: { arguments: given } }: Both): string | undefined {
  const isFar = caller.source.file !== callee.source.file;
  const [, address = "", root = "", path = ""] = /^(&?)(\w+)((?:->|\.)[\w.>-]+)?$/.exec(lock) ?? [];
  if (root === "") return undefined;
  const position = (parametersOf(callee.in.head, callee.in.name) ?? []).findIndex(
    ({ name }) => name === root,
  );
  const argument = given[position];
  if (position < 0) {
    // One of another file may be its own.
    if (isFar) return undefined;
    const isLocal = new RegExp(`[\\s*]${root}\\s*(?:;|=|,)`).test(
      callee.code.slice(callee.in.start, callee.in.end),
    );
    return isLocal ? undefined : lock;
  }
  if (argument === undefined || !/^&?\w+(?:(?:->|\.)\w+)*$/.test(argument)) return undefined;
  if (argument.startsWith("&") && path.startsWith("->")) return `${argument}.${path.slice(2)}`;
  return argument.startsWith("&") ? (path === "" ? argument : undefined) : address + argument + path;
}

/** The texts of both files with what is broken. */
export function broken({ caller, callee }: Pair, { in: where, edits }: Break): ReadonlyMap<string, string> {
  const { source } = where === "caller" ? caller : callee;
  return new Map([[source.file, applyEdits(source.text, edits)]]);
}

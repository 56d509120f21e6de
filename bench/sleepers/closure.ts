import type { CallText } from "../../model/c/source/index.ts";
import { splitTop } from "../../model/c/source/index.ts";
import { allowsSleep, gfpArgument } from "../../model/kernel/table/gfp.ts";
import { findPrimitive } from "../../model/kernel/table/index.ts";
import type { Definition } from "./definitions.ts";

/** Calls that sleep, by name; of those that do where flags allow it, which argument has the flags. */
export interface Sleeping {
  readonly always: readonly string[];
  /** Of those that always do, by name: the call at the end of a chain of calls that leads to the sleep. */
  readonly by: Readonly<Record<string, string>>;
  readonly byFlags: Readonly<Record<string, number>>;
}

/** What all definitions of a name, stubs aside, sleep by: on their main paths, or by their flags. */
export function sleepingOf(
  definitions: readonly Definition[],
  isPublic: (name: string) => boolean,
): Sleeping {
  const state: State = { sleeps: new Map(), flags: new Map(), shared: sharedIn(definitions) };
  for (let before = -1; before !== state.sleeps.size + state.flags.size; ) {
    before = state.sleeps.size + state.flags.size;
    for (const each of definitions) {
      if (each.isStub) continue;
      const call = state.sleeps.has(idOf(each))
        ? undefined
        : each.calls.find((one) => sleepsBy(one, each, state));
      if (call) state.sleeps.set(idOf(each), endOf(call, each, state));
      if (
        each.flags &&
        !state.flags.has(idOf(each)) &&
        each.flags.handedTo.some((call) => handsOn(call, each, state))
      )
        state.flags.set(idOf(each), each.flags.position);
    }
  }
  return told(state, isPublic);
}

interface State {
  /** By name and file: the call at the end of its chain. */
  readonly sleeps: Map<string, string>;
  readonly flags: Map<string, number>;
  /** The definitions that other files can mean by a name. */
  readonly shared: ReadonlyMap<string, readonly Definition[]>;
}

const idOf = ({ name, file }: Pick<Definition, "name" | "file">): string => `${name} ${file}`;

function sharedIn(definitions: readonly Definition[]): State["shared"] {
  const shared = new Map<string, Definition[]>();
  for (const each of definitions) {
    if (each.isStub || each.isPrivate) continue;
    const known = shared.get(each.name);
    if (known) known.push(each);
    else shared.set(each.name, [each]);
  }
  return shared;
}

/** Whether a call sleeps: by the table, by a definition of its file, or by all that it can mean. */
function sleepsBy({ name, callee, arguments: given }: CallText, { file }: Definition, state: State): boolean {
  if (callee !== name || UNCLEAR.test(name)) return false;
  const row = findPrimitive(name);
  if (row)
    return (
      row.outcomes.every(({ does }) => does.some(isSleep)) ||
      (name !== "cond_resched" && row.outcomes.some(({ does, weight }) => weight === 0 && does.some(isSleep)))
    );
  const position = flagsOf(name, file, state);
  if (position !== undefined) return allowsSleep(splitTop(given)[position] ?? "");
  if (name === "guard" || name === "scoped_guard") return /^(?:mutex|rwsem_\w+|device)\b/.test(given);
  if (state.sleeps.has(idOf({ name, file }))) return true;
  const shared = state.shared.get(name);
  return shared?.every((each) => state.sleeps.has(idOf(each))) === true;
}

/** What a call that sleeps comes to: a row of the table, or an allocation, at the end of a chain. */
function endOf({ name }: CallText, { file }: Definition, { sleeps, shared }: State): string {
  if (findPrimitive(name)) return name;
  const [first] = shared.get(name) ?? [];
  return sleeps.get(idOf({ name, file })) ?? (first && sleeps.get(idOf(first))) ?? name;
}

/**
 * They release a lock or enable preemption first, or sleep only where something is going on; or they are made for atomic
 * context, and sleep in one arm of an #if, where no processor has such mappings (include/linux/io-mapping.h).
 */
const UNCLEAR =
  /wait_event|schedule_preempt_disabled|^percpu_ref_|^fasync_helper$|^(?:io_mapping_)?k?(?:un)?map_(?:local|atomic)(?:_|$)/;

const isSleep = ({ kind }: { readonly kind: string }): boolean => kind === "may-sleep" || kind === "schedule";

function flagsOf(name: string, file: string, state: State): number | undefined {
  const plain = name.replace(/_noprof$/, "");
  if (Object.hasOwn(gfpArgument, plain)) return gfpArgument[plain];
  const own = state.flags.get(idOf({ name, file }));
  if (own !== undefined) return own;
  const positions = (state.shared.get(name) ?? []).map((each) => state.flags.get(idOf(each)));
  return new Set(positions).size === 1 ? positions[0] : undefined;
}

/** Whether a call gets the flags as flags: through a pointer they are believed to be. */
const handsOn = ({ name, callee }: CallText, { file }: Definition, state: State): boolean =>
  callee !== name || flagsOf(name, file, state) !== undefined || name === "might_alloc";

function told({ sleeps, flags, shared }: State, isPublic: (name: string) => boolean): Sleeping {
  const isNew = (name: string) =>
    !/^[A-Z]/.test(name) &&
    !UNCLEAR.test(name) &&
    isPublic(name) &&
    !findPrimitive(name) &&
    !Object.hasOwn(gfpArgument, name);
  const names = [...shared].filter(([name]) => isNew(name)).sort(([one], [other]) => (one < other ? -1 : 1));
  const always = new Set(
    names.filter(([, all]) => all.every((each) => sleeps.has(idOf(each)))).map(([name]) => name),
  );
  const positions = names.flatMap(([name, all]) => {
    const found = new Set(all.map((each) => flags.get(idOf(each))));
    const [only] = found;
    return found.size === 1 && only !== undefined && !always.has(name) ? [[name, only] as const] : [];
  });
  const by = names.flatMap(([name, [first]]) => {
    const end = first && always.has(name) ? sleeps.get(idOf(first)) : undefined;
    return end === undefined ? [] : [[name, end] as const];
  });
  return { always: [...always], by: Object.fromEntries(by), byFlags: Object.fromEntries(positions) };
}

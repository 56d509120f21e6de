import type { Edit } from "./edit.ts";
import { releasedBy, takesAtomic } from "./lock.ts";
import type { CallStatement, ScannedFunction } from "./scan.ts";

/** A call in a function that a kind of mutation may change. */
export interface Place {
  readonly call: CallStatement;
  readonly in: ScannedFunction;
  /** The blanked text of the function. */
  readonly body: string;
}

/** A way to break code. */
export interface MutationKind {
  readonly name: string;
  /** Share of mutants that must be caught. */
  readonly target: number;
  /** What to put where; undefined where the call is no place for it. */
  edit(place: Place): Edit | undefined;
  /** Any of these rules is the right one. */
  rules(call: CallStatement): readonly string[];
  /** Why no rule for one function can see it here; undefined where one can. */
  outOfReach?(place: Place): string | undefined;
  /** Why it breaks nothing here; undefined where it does. */
  harmless?(place: Place): string | undefined;
}

const replacing =
  (text: (call: CallStatement, place: Place) => string) =>
  (place: Place): Edit => ({ at: place.call.at, end: place.call.end, text: text(place.call, place) });

const atRelease = (edit: (place: Place) => Edit) => (place: Place) =>
  releasedBy(place.call.name) ? edit(place) : undefined;

const named = (name: string) => (edit: (place: Place) => Edit) => (place: Place) =>
  place.call.name === name ? edit(place) : undefined;

const balance = ({ name }: CallStatement): readonly string[] => {
  const family = releasedBy(name);
  return family ? [...family.rules, ...(family.atomic ? ["no-sleep-in-atomic"] : [])] : [];
};

/** A lock that a function only releases for its caller: to keep it may be meant just as well. */
function oneSided({ call, body, in: { head } }: Place): string | undefined {
  if (/__(?:acquires|releases|must_hold)\b/.test(head)) return "annotated: its callers hold the lock";
  return releasedBy(call.name)?.acquires.test(body) === false ? "its caller took the lock" : undefined;
}

/** A function that comes with a lock, gives it up for a while and returns with it may return before as well. */
function relocking({ call, body, in: { start } }: Place): string | undefined {
  const family = releasedBy(call.name);
  const calls = [...body.matchAll(/\b(\w+)\(([^(),]*)/g)].filter(([, , lock]) => lock === call.arguments[0]);
  const isAcquire = ([, name = ""]: RegExpExecArray) => family?.acquires.test(`${name}(`) === true;
  const first = calls.find((each) => isAcquire(each) || family?.releases.test(each[1] ?? ""));
  const gives = first?.index === call.at - start && calls.some(isAcquire);
  return gives ? "it came with the lock, and returns with it" : undefined;
}

/** Only who flushes elsewhere too is known to owe a flush, and only where the page-table lock was retaken. */
function unknowing({ call, body, in: { start } }: Place): string | undefined {
  const [before, behind] = [body.slice(0, call.at - start), body.slice(call.end - start)];
  if (!(before + behind).includes(call.name)) return "its function flushes nowhere else";
  const labels = [...before.matchAll(/^\s*(\w+):/gm)].map(([, label]) => label);
  const comesBack = labels.some((label) => new RegExp(`\\bgoto ${label};`).test(behind));
  return comesBack || /\bpte_unmap_unlock\b/.test(before) ? undefined : "not after a relock";
}

export const kinds: readonly MutationKind[] = [
  {
    name: "doubled unlock",
    target: 0.95,
    edit: atRelease(replacing(({ text }) => `{ ${text} ${text} }`)),
    rules: ({ name }) => releasedBy(name)?.rules ?? [],
  },
  {
    name: "sleep under spinlock or RCU",
    target: 0.95,
    edit: (place) =>
      takesAtomic(place.call.name) ? replacing(({ text }) => `{ ${text} might_sleep(); }`)(place) : undefined,
    rules: () => ["no-sleep-in-atomic"],
  },
  {
    name: "dropped lazy-MMU leave",
    target: 0.9,
    edit: named("arch_leave_lazy_mmu_mode")(replacing(() => ";")),
    rules: () => ["lazy-mmu-balanced"],
    outOfReach: ({ body }) =>
      body.includes("arch_enter_lazy_mmu_mode") ? undefined : "its caller entered the mode",
  },
  {
    name: "dropped flush after relock",
    target: 0.9,
    edit: named("flush_tlb_batched_pending")(replacing(() => ";")),
    rules: () => ["tlb-flushed-after-relock"],
    outOfReach: unknowing,
  },
  {
    name: "early return while held",
    target: 0.75,
    edit: atRelease(
      replacing(({ text }, place) => `{ if (fatal_signal_pending(current)) ${returnOf(place.in)} ${text} }`),
    ),
    rules: balance,
    outOfReach: oneSided,
    harmless: relocking,
  },
  {
    name: "conditional unlock",
    target: 0.75,
    edit: atRelease(replacing(({ text }) => `{ if (need_resched()) ${text} }`)),
    rules: balance,
    outOfReach: oneSided,
  },
  {
    name: "deleted unlock",
    target: 0.5,
    edit: atRelease(replacing(() => ";")),
    rules: balance,
    outOfReach: oneSided,
  },
];

/** A failure as the function's type has it. */
function returnOf({ returns }: ScannedFunction): string {
  if (returns.includes("*")) return "return NULL;";
  if (/\bvoid\b/.test(returns)) return "return;";
  if (/\bbool\b/.test(returns)) return "return false;";
  return /\b(?:unsigned|size_t|u\d+|vm_fault_t|pgoff_t)\b/.test(returns) ? "return 0;" : "return -EINTR;";
}

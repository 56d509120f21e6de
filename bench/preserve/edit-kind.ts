import type { Edit } from "../mutate/edit.ts";
import type { CallStatement } from "../mutate/scan.ts";
import { guarded } from "./guard.ts";
import { failing, locking, unlocking } from "./helper.ts";
import { movedFunction, movedIntoBranches } from "./moved.ts";
import { movedStatement } from "./moved-statement.ts";
import { contextPair, mutexPair, spinlockPair } from "./pair.ts";
import { releases, type Subject } from "./subject.ts";

/** A way to write the same code differently. */
export interface PreservingKind {
  readonly name: string;
  /** All ways to do so in a function; each is made of edits that belong together. */
  edits(subject: Subject): readonly (readonly Edit[])[];
}

const atReleases = (text: (call: CallStatement) => string) => (subject: Subject) =>
  releases(subject).map((call) => [{ at: call.at, end: call.end, text: text(call) }]);

export const preservingKinds: readonly PreservingKind[] = [
  { name: "renamed local", edits: renamed },
  { name: "moved function", edits: movedFunction },
  { name: "moved statement", edits: movedStatement },
  { name: "added comment", edits: atReleases(({ text }) => `/* ${text} is due */ ${text}`) },
  {
    name: "added logging",
    edits: atReleases(({ text }) => `{ pr_debug("%s: done\\n", __func__); ${text} }`),
  },
  { name: "helper that unlocks", edits: unlocking },
  { name: "helper that locks", edits: locking },
  { name: "helper that unlocks and fails", edits: failing },
  { name: "goto out to guard()", edits: guarded },
  { name: "unlock moved into branches", edits: movedIntoBranches },
  {
    name: "unlock in both branches",
    edits: atReleases(({ text }) => `{ if (need_resched()) ${text} else ${text} }`),
  },
  { name: "preemption disabled and enabled", edits: contextPair("preempt_disable", "preempt_enable") },
  { name: "RCU entered and left", edits: contextPair("rcu_read_lock", "rcu_read_unlock") },
  { name: "spinlock of its own", edits: spinlockPair },
  { name: "mutex of its own", edits: mutexPair },
];

/** Each local that a plain declaration introduces; members, labels and types of the same name keep theirs. */
function renamed({ code, in: { start, end } }: Subject): readonly (readonly Edit[])[] {
  const body = code.slice(start, end);
  const declared = [
    ...body.matchAll(/^\t(?:struct \w+ \*|unsigned long |int |bool |spinlock_t \*)(\w+)(?= ?[;=])/gm),
  ];
  const names = declared.flatMap(([, name]) => name ?? []);
  return names.map((name) =>
    [...body.matchAll(new RegExp(`(?<![\\w.]|->|\\b(?:struct|union|enum) )${name}\\b(?!\\s*:)`, "g"))].map(
      ({ index }) => {
        const at = start + index;
        return { at, end: at + name.length, text: `renamed_${name}` };
      },
    ),
  );
}

import type { Edit } from "../mutate/edit.ts";
import { callStatements } from "../mutate/scan.ts";
import { releases, type Subject } from "./subject.ts";

/** A context entered and left at once, before a release: it may be entered where sleeping is not allowed. */
export const contextPair =
  (enter: string, leave: string) =>
  (subject: Subject): readonly (readonly Edit[])[] =>
    releases(subject).map(({ at, end, text }) => [
      { at, end, text: `{ ${enter}(); barrier(); ${leave}(); ${text} }` },
    ]);

/** A spinlock that nothing else knows, taken and released at once. */
export const spinlockPair = (subject: Subject): readonly (readonly Edit[])[] =>
  releases(subject).map(({ at, end, text }) => [
    declared(subject, "DEFINE_SPINLOCK"),
    { at, end, text: `{ spin_lock(&own_lock); barrier(); spin_unlock(&own_lock); ${text} }` },
  ]);

/** A mutex of the same kind, before a call that may sleep anyway. */
export const mutexPair = (subject: Subject): readonly (readonly Edit[])[] =>
  callStatements(subject.code, subject.in)
    .filter(({ name }) => /^(?:mutex_lock|down_(?:read|write)|mmap_(?:read|write)_lock)$/.test(name))
    .map(({ at, end, text }) => [
      declared(subject, "DEFINE_MUTEX"),
      { at, end, text: `{ mutex_lock(&own_lock); barrier(); mutex_unlock(&own_lock); ${text} }` },
    ]);

const declared = ({ in: { from } }: Subject, how: string): Edit => ({
  at: from,
  end: from,
  text: `static ${how}(own_lock);\n\n`,
});

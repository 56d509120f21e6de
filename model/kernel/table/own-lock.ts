/** Operations on a bit or a word by which code makes a lock of its own, where what they change is named like one. */
export interface OwnLock {
  readonly names: RegExp;
  /** What they do to such a lock; absent where their arguments decide. */
  readonly does?: "acquires" | "releases";
  /** Which kernel file and function has one of them. */
  readonly kernel: string;
}

const named = (kernel: string, ...names: readonly string[]): Omit<OwnLock, "does"> => ({
  names: new RegExp(`^(?:${names.join("|")})$`),
  kernel,
});

const ORDER = "(?:_acquire|_release|_relaxed)?";

export const ownLocks: readonly OwnLock[] = [
  {
    ...named(
      "include/asm-generic/bitops/instrumented-atomic.h: test_and_set_bit",
      "(?:__)?test_and_set_bit(?:_le)?",
    ),
    does: "acquires",
  },
  {
    ...named(
      "include/asm-generic/bitops/instrumented-atomic.h: clear_bit",
      "(?:__)?(?:test_and_)?clear_bit(?:_le)?",
      "clear_and_wake_up_bit",
    ),
    does: "releases",
  },
  named("include/linux/atomic/atomic-instrumented.h: cmpxchg", `(?:try_)?(?:cmp)?xchg(?:64)?${ORDER}`),
  named(
    "include/linux/atomic/atomic-instrumented.h: atomic_cmpxchg",
    `atomic(?:64|_long)?_(?:try_)?(?:cmp)?xchg${ORDER}`,
  ),
  {
    ...named(
      "include/linux/atomic/atomic-arch-fallback.h: raw_atomic_inc_not_zero",
      "atomic(?:64|_long)?_(?:inc_not_zero|add_unless|inc_unless_negative|dec_if_positive)",
    ),
    does: "acquires",
  },
  {
    ...named("include/asm-generic/barrier.h: __smp_store_release", "(?:__)?smp_store_release"),
    does: "releases",
  },
];

/** What no other name has: most are told by this alone. */
const MAY_BE = /_bit|xchg|atomic|store_release/;

export const ownLockOf = (name: string): OwnLock | undefined =>
  MAY_BE.test(name) ? ownLocks.find(({ names }) => names.test(name)) : undefined;

/** Families of locks by the names of their calls: all that mutation knows of them. */
export interface Family {
  readonly name: string;
  readonly acquires: RegExp;
  readonly releases: RegExp;
  /** Its holder must not sleep. */
  readonly atomic: boolean;
  /** Rules that a lock held too long, or released once too often, violates. */
  readonly rules: readonly string[];
}

const BALANCE = ["exit-imbalance", "double-lock", "double-unlock", "wrong-mode"];

const family = (
  name: string,
  acquires: RegExp,
  releases: RegExp,
  atomic: boolean,
  rules: readonly string[] = [],
): Family => ({ name, acquires, releases, atomic, rules: [...BALANCE, ...rules] });

export const families: readonly Family[] = [
  family("ptl", /\b(?:pte_offset_map_lock|pte_alloc_map_lock|get_locked_pte)\b/, /^pte_unmap_unlock$/, true, [
    "ptl-held",
    "pte-mapped",
    "rcu-balanced",
    "preempt-balanced",
  ]),
  family(
    "spinlock",
    /\b(?:raw_)?(?:spin|read|write)_(?:try)?lock\w*\b|\b(?:pmd|pud|huge_pte)_(?:trans_huge_)?lock\b|\bfolio_lruvec_(?:re)?lock\w*/,
    /^(?:(?:raw_)?(?:spin|read|write)_unlock(?:_irq|_bh|_irqrestore)?|unlock_page_lruvec(?:_irq|_irqrestore)?)$/,
    true,
    ["ptl-held", "preempt-balanced", "irq-flags-mismatch"],
  ),
  family("rcu", /\brcu_read_lock\b/, /^rcu_read_unlock$/, true, ["rcu-balanced"]),
  family("preempt", /\bpreempt_disable\b/, /^preempt_enable$/, true, ["preempt-balanced"]),
  family("mutex", /\bmutex_(?:try)?lock\w*\b/, /^mutex_unlock$/, false),
  family("rwsem", /\bdown_(?:read|write)\w*\b/, /^up_(?:read|write)$/, false),
  family("mmap_lock", /\bmmap_(?:read|write)_(?:try)?lock\w*\b/, /^mmap_(?:read|write)_unlock$/, false),
  family(
    "rmap",
    /\b(?:i_mmap|anon_vma)_(?:try)?lock_(?:read|write)\b/,
    /^(?:i_mmap|anon_vma)_unlock_(?:read|write)$/,
    false,
  ),
  family(
    "folio",
    /\b(?:folio_(?:try)?lock|lock_page|trylock_page|filemap_lock_folio)\w*\b/,
    /^(?:folio_unlock|unlock_page)$/,
    false,
    ["folio-lock-balanced"],
  ),
];

export const releasedBy = (name: string): Family | undefined =>
  families.find(({ releases }) => releases.test(name));

/** Calls that take a lock of a family that forbids sleep, and return nothing. */
const PLAIN_ACQUIRE =
  /^(?:(?:raw_)?(?:spin|read|write)_lock(?:_irq|_bh|_irqsave|_nested)?|rcu_read_lock|preempt_disable)$/;

export const takesAtomic = (name: string): boolean => PLAIN_ACQUIRE.test(name);

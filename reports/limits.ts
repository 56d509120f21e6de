import type { CheckResult } from "../functions/check.ts";

/** What stays unknown, by its cause: how often each is said. */
export type Limits = Readonly<Record<string, number>>;

type Said = Pick<CheckResult, "bounds" | "assumed" | "functions">;

/** The first that fits what a bound or an assumption says. */
const CAUSES: readonly (readonly [cause: string, said: RegExp])[] = [
  ["assembly", /\basm\(/],
  ["leaving-macros", /may leave the function/],
  ["moved-locks", /means another lock than/],
  [
    "pointer-calls",
    /who calls it is unknown|may lead to|is handed |calls? by (?:it|them)|(?:->|\.)\w+(?:\[\w*\])?\)?\(\)|\(\*?\w+\)\(\)/,
  ],
  [
    "unknown-calls",
    /effect (?:of .* )?on locks is unknown|does to locks (?:what )?is not known|effect on locks is/,
  ],
  ["unread-headers", /\bheader|included here was not read/],
  [
    "unread-files",
    /what functions of (?:the )?other|what \S+ of \S+\.[ch]|not (?:searched|looked for|followed)/,
  ],
  ["unseen-parts", /only the hunks were seen|lacks parts? |otherwise than the change leaves it/],
  ["conditionals", /#if\b/],
  ["callers", /\bcallers?\b/],
  [
    "unread-text",
    /not understood|not read|do not balance|nested too deeply|not closed|longer than|more than|too many/,
  ],
  ["assumed-calls", /does not sleep and leaves locks alone|\(\) releases /],
];

const OTHER = "other";

/** Counts what stays unknown, by cause; causes that nothing is said of are left out. */
export function limitsOf({ bounds, assumed, functions }: Said): Limits {
  const causes = [...bounds, ...assumed].map(
    (said) => CAUSES.find(([, pattern]) => pattern.test(said))?.[0] ?? OTHER,
  );
  const unseen: readonly string[] = [
    ...functions.skipped.map(() => "skipped-functions"),
    ...functions.capped.map(() => "capped-functions"),
  ];
  const counts = new Map<string, number>();
  for (const cause of [...causes, ...unseen].sort()) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** The same in one line, the commonest first; nothing where nothing stays unknown. */
export function sayLimits(limits: Limits): readonly string[] {
  const said = Object.entries(limits)
    .sort(([, one], [, other]) => other - one)
    .map(
      ([cause, count]) => `${count} ${(count === 1 ? cause.replace(/s$/, "") : cause).replaceAll("-", " ")}`,
    );
  return said.length > 0 ? [`unknown: ${said.join(", ")}`] : [];
}

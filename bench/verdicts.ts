/** A finding as it is told from others: by its file and its identity, without line numbers. */
export interface Found {
  readonly file: string;
  readonly id: string;
  /** Findings that the same mistake leads to. */
  readonly consequences?: readonly Found[];
}

/** What somebody who read the source says of findings. */
export interface Readings<Verdict extends string> {
  readonly findings: readonly (Found & { readonly verdict: Verdict })[];
  /** Where findings of one mistake have several, the first of these is the mistake's. */
  readonly verdicts: readonly Verdict[];
  readonly genuine: Verdict;
}

/** Findings beside what was read of them. */
export interface Compared<Verdict extends string, Each extends Found = Found> {
  /** Of mistakes. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Genuine ones that are found no more, not with another either. */
  readonly lost: readonly Found[];
  /** Those that nobody has read. */
  readonly unread: readonly Each[];
  /** Each mistake with its verdict; without one where nobody has read it. */
  readonly read: readonly (readonly [Each, Verdict | undefined])[];
}

const keyOf = ({ file, id }: Found): string => `${file}: ${id}`;

const allOf = (each: Found): readonly Found[] => [each, ...(each.consequences ?? [])];

/** Compares what is found with what was read of it. */
export function compareVerdicts<Verdict extends string, Each extends Found>(
  { findings, verdicts, genuine }: Readings<Verdict>,
  found: readonly Each[],
): Compared<Verdict, Each> {
  const known = new Map(findings.map((each) => [keyOf(each), each.verdict]));
  const mistakes = [...new Map(found.map((each) => [keyOf(each), each])).values()];
  const present = new Set(mistakes.flatMap(allOf).map(keyOf));
  const read = mistakes.map((each) => {
    const said = new Set(allOf(each).map((one) => known.get(keyOf(one))));
    return [each, verdicts.find((one) => said.has(one))] as const;
  });
  const counts = verdicts.map((one) => [one, read.filter(([, verdict]) => verdict === one).length] as const);
  return {
    counts: Object.fromEntries(counts) as Record<Verdict, number>,
    lost: findings.filter((each) => each.verdict === genuine && !present.has(keyOf(each))),
    unread: read.flatMap(([each, verdict]) => (verdict === undefined ? [each] : [])),
    read,
  };
}

import { readFileSync } from "node:fs";
import { z } from "zod";

/** What somebody who read the source says of a hard finding. */
export type Verdict = "genuine" | "odd" | "false";

const schema = z.strictObject({
  /** The version of the source that was read. */
  linux: z.string(),
  findings: z.array(
    z.strictObject({
      file: z.string(),
      /** Its identity, without line numbers. */
      id: z.string(),
      verdict: z.enum(["genuine", "odd", "false"]),
      /** The calls that lead to it, outermost first. */
      chain: z.array(z.string()),
      /** One sentence. */
      why: z.string().min(1),
    }),
  ),
});

export type Recall = z.infer<typeof schema>;

/** docs/recall.json: each hard finding on a released kernel, read in the source. Throws where it is malformed. */
export function readRecall(): Recall {
  const file = new URL("../../docs/recall.json", import.meta.url);
  return schema.parse(JSON.parse(readFileSync(file, "utf8")));
}

interface Found {
  readonly file: string;
  readonly id: string;
  /** Findings that the same mistake leads to. */
  readonly consequences?: readonly Found[];
}

/** Hard findings beside what was read of them. */
export interface Compared {
  /** Of mistakes: one of which any finding is genuine, is genuine. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Genuine ones that are found no more, not with another either. */
  readonly lost: readonly Found[];
  /** Those that nobody has read. */
  readonly unread: readonly Found[];
}

const VERDICTS: readonly Verdict[] = ["genuine", "odd", "false"];

const keyOf = ({ file, id }: Found): string => `${file}: ${id}`;

/** Compares what is found in files of a tree with what was read of them. */
export function compareRecall({ findings }: Recall, found: readonly Found[]): Compared {
  const known = new Map(findings.map((each) => [keyOf(each), each.verdict]));
  const mistakes = [...new Map(found.map((each) => [keyOf(each), each])).values()];
  const present = new Set(mistakes.flatMap(allOf).map(keyOf));
  const counts = { genuine: 0, odd: 0, false: 0 };
  const unread: Found[] = [];
  for (const each of mistakes) {
    const verdicts = new Set(allOf(each).map((one) => known.get(keyOf(one))));
    const verdict = VERDICTS.find((one) => verdicts.has(one));
    if (verdict) counts[verdict]++;
    else unread.push(each);
  }
  const isLost = (each: Recall["findings"][number]) =>
    each.verdict === "genuine" && !present.has(keyOf(each));
  return { counts, lost: findings.filter(isLost), unread };
}

const allOf = (each: Found): readonly Found[] => [each, ...(each.consequences ?? [])];

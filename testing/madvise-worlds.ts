/** What one pte really maps, chosen before the run. */
export interface RealPte {
  readonly kind: "none" | "swap" | "zero page" | "small" | "large";
  /** From 1, in the order of the ptes; 0 for anything but a page of a large folio. */
  readonly folio: number;
  /** Maps the page behind the one that the pte before it maps. */
  readonly continues: boolean;
}

export interface World {
  readonly ptes: readonly RealPte[];
  /** How many pages each large folio has, folio 1 first. */
  readonly pages: readonly number[];
}

/** Every way in which `count` ptes can map up to `folios` large folios, which have a page more at most. */
export function worlds(count: number, folios: number): readonly World[] {
  const layouts = Array.from({ length: count }).reduce<readonly (readonly RealPte[])[]>(
    (before) => before.flatMap((ptes) => nextPtes(ptes, folios).map((next) => [...ptes, next])),
    [[]],
  );
  return layouts.flatMap((ptes) => pageCounts(ptes, folios).map((pages) => ({ ptes, pages })));
}

function nextPtes(ptes: readonly RealPte[], folios: number): readonly RealPte[] {
  const plain = (["none", "swap", "zero page", "small"] as const).map((kind) => ({
    kind,
    folio: 0,
    continues: false,
  }));
  const used = Math.max(0, ...ptes.map(({ folio }) => folio));
  const choices = Array.from({ length: Math.min(used + 1, folios) }, (_, each) => each + 1);
  const large = choices.map((folio) => ({ kind: "large" as const, folio, continues: false }));
  const behind = large.filter(({ folio }) => ptes.at(-1)?.folio === folio);
  return [...plain, ...large, ...behind.map((each) => ({ ...each, continues: true }))];
}

/** A large folio has two pages at least, and as many as ptes map. */
function pageCounts(ptes: readonly RealPte[], folios: number): readonly (readonly number[])[] {
  return Array.from({ length: folios }).reduce<readonly (readonly number[])[]>(
    (before, _, at) => {
      const mapped = ptes.filter(({ folio }) => folio === at + 1).length;
      const least = Math.max(2, mapped);
      return before.flatMap((pages) => [least, least + 1].map((each) => [...pages, each]));
    },
    [[]],
  );
}

/** All runs of something that draws: one for every sequence of answers. */
export function allRuns<T>(run: (draw: (ways: number) => number) => T): readonly T[] {
  const results: T[] = [];
  let answers: number[] = [];
  do {
    const ways: number[] = [];
    const draw = (count: number): number => {
      const answer = answers[ways.length] ?? 0;
      answers[ways.length] = answer;
      ways.push(count);
      return answer;
    };
    results.push(run(draw));
    answers = nextAnswers(answers, ways);
  } while (answers.length > 0);
  return results;
}

/** Counts up the last answer that has another; empty where none has. */
function nextAnswers(answers: readonly number[], ways: readonly number[]): number[] {
  const last = answers.findLastIndex((answer, at) => answer + 1 < (ways[at] ?? 0));
  return last < 0 ? [] : [...answers.slice(0, last), (answers[last] ?? 0) + 1];
}

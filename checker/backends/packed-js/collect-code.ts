import { range } from "./rules.ts";

/** States expanded before their successors are looked up: enough for the lookups' cache misses to overlap. */
export const BATCH = 64;

/** How a module keeps states: its code, and where the words of the state that is expanded are read. */
export interface Storage {
  /** Declares `settle` and `expandRange`; `words` is the width of a state. */
  code(words: number): string;
  /** Code that reads one word of the state of index `state`. */
  load(word: number, words: number): string;
}

/** Columns of a collected successor: its words, the state it comes from, the weight of the move. */
export const columnsOf = (words: number): number => words + 2;

export const NO_STATE_CODE = String(0xffffffff);

/** The part of every module that collects a batch's successors and reports what is seen on the way. */
export function collectCode(words: number, mostSuccessors: number): string {
  const columns = columnsOf(words);
  const parameters = range(words).map((word) => `n${word}`);
  const stores = parameters.map((name, word) => `out[filled + ${word}] = ${name};`);
  return `
  let weights, filled = 0, current = 0, halted = false, levelStart = -1, levelEnd = -1;
  const fired = report.fired;
  const out = new Int32Array(${BATCH * mostSuccessors * columns});

  function emit(${parameters.join(", ")}, weight) {
    ${stores.join(" ")}
    out[filled + ${words}] = current; out[filled + ${words + 1}] = weight;
    filled += ${columns};
  }
  function seen(check) {
    const before = report.firstSeen[check];
    if (before === ${NO_STATE_CODE} ||
        (weights !== undefined && before >= levelStart && weights[current] < weights[before])) {
      report.firstSeen[check] = current;
    }
  }
  function ended(transition, margin) {
    if (fired[transition] === 0) fired[transition] = 1;
    report.margins[margin] = 1;
    halted = true;
  }
  function expandBatches(from, to) {
    for (let state = from; state < to; ) {
      const stop = Math.min(to, state + ${BATCH});
      for (; state < stop; state++) expandState(state);
      settle();
    }
  }`;
}

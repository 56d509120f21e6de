import { columnsOf, type Storage } from "../packed-js/collect-code.ts";

/** Hands a batch's successors to the store, which keeps hashes of states and whole ones of two levels only. */
export const compactStorage: Storage = {
  load: (word, words) => `frontier[(state - levelStart) * ${words} + ${word}]`,
  code: (words) => `
  let frontier;
  function settle() {
    report.transitions += filled / ${columnsOf(words)};
    store.take(out, filled);
    filled = 0;
  }
  function expandRange(from, to, start, end) {
    levelStart = start; levelEnd = end; filled = 0;
    frontier = store.frontierAt(start);
    expandBatches(from, to);
  }`,
};

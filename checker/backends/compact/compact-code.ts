import type { Storage } from "../packed-js/collect-code.ts";

/** Hands a batch's successors to the store, which keeps hashes of states and whole ones of two levels only. */
export const compactStorage: Storage = {
  load: (word, words) => `frontier[(state - levelStart) * ${words} + ${word}]`,
  code: () => `
  let frontier;
  function settle() {
    report.transitions += taken;
    store.take(out, filled);
    filled = 0; taken = 0;
  }
  function expandRange(from, to, start, end) {
    levelStart = start; levelEnd = end;
    frontier = store.frontierAt(start);
    expandBatches(from, to);
  }`,
};

import { columnsOf, type Storage } from "./collect-code.ts";
import { range } from "./rules.ts";

/**
 * Keeps whole states in the store. Words are signed here, so that they stay small integers; -1 is a free
 * place in the table. A batch is looked up in three passes, so that cache misses overlap: the first touches places,
 * the second goes on to the place that is free or may be the state's and touches the record that it points to, the
 * third compares, and stores what is new. The second keeps the place in the low bits of the hash.
 */
export const exactStorage: Storage = {
  load: (word, words) => `records[state * ${words + 1} + ${word}]`,
  code: exactCode,
};

function exactCode(words: number): string {
  const columns = columnsOf(words);
  const each = (text: (word: number) => string, separator = " ") => range(words).map(text).join(separator);
  return `
  let records, table, mask, sink = 0;
  const hashes = new Int32Array(out.length / ${columns});

  function attach() {
    if (records === undefined || records.buffer !== store.records.buffer) {
      records = new Int32Array(store.records.buffer); weights = store.weights;
    }
    if (table === undefined || table.buffer !== store.table.buffer) {
      table = new Int32Array(store.table.buffer); mask = table.length - 1;
    }
  }
  function settle() {
    const count = filled / ${columns};
    report.transitions += taken;
    taken = 0;
    store.reserve(count);
    attach();
    let touched = 0;
    for (let k = 0, from = 0; k < count; k++, from += ${columns}) {
      const hash = out[from + ${words + 2}];
      touched ^= table[hash & mask];
      hashes[k] = hash;
    }
    for (let k = 0; k < count; k++) {
      const hash = hashes[k];
      let place = hash & mask, entry = table[place];
      while (entry !== -1 && ((entry ^ hash) & ~mask) !== 0) entry = table[place = place + 1 & mask];
      hashes[k] = hash & ~mask | place;
      touched ^= records[entry === -1 ? 0 : (entry & mask) * ${words + 1}];
    }
    sink = touched;
    let next = store.count;
    for (let k = 0, from = 0; k < count; k++, from += ${columns}) {
      ${each((word) => `const n${word} = out[from + ${word}];`)}
      const hash = hashes[k];
      let place = hash & mask, known = -1, entry;
      while ((entry = table[place]) !== -1) {
        if (((entry ^ hash) & ~mask) === 0) {
          known = entry & mask;
          const base = known * ${words + 1};
          if (${each((word) => `records[base + ${word}] === n${word}`, " && ")}) break;
        }
        place = place + 1 & mask;
      }
      if (entry === -1) {
        const base = next * ${words + 1};
        ${each((word) => `records[base + ${word}] = n${word};`)}
        records[base + ${words}] = out[from + ${words}];
        table[place] = hash & ~mask | next;
        if (weights !== undefined) weights[next] = weights[out[from + ${words}]] + out[from + ${words + 1}];
        next++;
      } else if (weights !== undefined && known >= levelEnd) {
        const weight = weights[out[from + ${words}]] + out[from + ${words + 1}];
        if (weight < weights[known]) {
          weights[known] = weight; records[known * ${words + 1} + ${words}] = out[from + ${words}];
        }
      }
    }
    store.count = next;
    filled = 0;
  }
  function expandRange(from, to, start, end) {
    levelStart = start; levelEnd = end;
    attach();
    expandBatches(from, to);
  }`;
}

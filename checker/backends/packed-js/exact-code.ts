import { columnsOf, type Storage } from "./collect-code.ts";
import { range } from "./rules.ts";

/**
 * Keeps whole states in the store. Words are signed here, so that they stay small integers; -1 is a free
 * place in the table. Before a batch is looked up, all the places and records that it will come to are touched,
 * so that the cache misses overlap.
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
    report.transitions += count;
    store.reserve(count);
    attach();
    for (let k = 0, from = 0; k < count; k++, from += ${columns}) {
      let hash = 0;
      ${each((word) => `hash = Math.imul(hash ^ out[from + ${word}], 0x9e3779b1); hash ^= hash >>> 16;`)}
      hashes[k] = hash ^ hash >>> 15;
    }
    let touched = 0;
    for (let k = 0; k < count; k++) {
      const entry = table[hashes[k] & mask];
      touched ^= records[((entry ^ hashes[k]) & ~mask) === 0 && entry !== -1 ? (entry & mask) * ${words + 1} : 0];
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
    levelStart = start; levelEnd = end; filled = 0;
    attach();
    expandBatches(from, to);
  }`;
}

import { range } from "./rules.ts";

/** States expanded before their successors are looked up: enough for the lookups' cache misses to overlap. */
const BATCH = 64;

/**
 * The part of the module that stores states. Successors of a batch are collected first, then looked up,
 * then stored. Words are signed here, so that they stay small integers; -1 is a free place in the table.
 */
export function storeCode(words: number, mostSuccessors: number): string {
  const columns = words + 2;
  const each = (text: (word: number) => string, separator = " ") => range(words).map(text).join(separator);
  return `
  let records = new Int32Array(store.records.buffer), table = new Int32Array(store.table.buffer);
  let weights = store.weights, mask = table.length - 1, filled = 0, current = 0, halted = false;
  let levelStart = 0, levelEnd = 0;
  const fired = report.fired;
  const out = new Int32Array(${BATCH * mostSuccessors * columns});
  const places = new Int32Array(${BATCH * mostSuccessors});

  function emit(${each((word) => `n${word}`, ", ")}, weight) {
    ${each((word) => `out[filled + ${word}] = n${word};`)}
    out[filled + ${words}] = current; out[filled + ${words + 1}] = weight;
    filled += ${columns};
  }
  function seen(check) {
    const before = report.firstSeen[check];
    if (before === ${0xffffffff} ||
        (weights !== undefined && before >= levelStart && weights[current] < weights[before])) {
      report.firstSeen[check] = current;
    }
  }
  function ended(transition, margin) {
    if (fired[transition] === 0) fired[transition] = 1;
    report.margins[margin] = 1;
    halted = true;
  }
  function attach() {
    if (records.buffer !== store.records.buffer) {
      records = new Int32Array(store.records.buffer); weights = store.weights;
    }
    if (table.buffer !== store.table.buffer) {
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
      places[k] = (hash ^ hash >>> 15) & mask;
    }
    let next = store.count;
    for (let k = 0, from = 0; k < count; k++, from += ${columns}) {
      ${each((word) => `const n${word} = out[from + ${word}];`)}
      let place = places[k], known;
      while ((known = table[place]) !== -1) {
        const base = known * ${words + 1};
        if (${each((word) => `records[base + ${word}] === n${word}`, " && ")}) break;
        place = place + 1 & mask;
      }
      if (known === -1) {
        const base = next * ${words + 1};
        ${each((word) => `records[base + ${word}] = n${word};`)}
        records[base + ${words}] = out[from + ${words}];
        table[place] = next;
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
    for (let state = from; state < to; ) {
      const stop = Math.min(to, state + ${BATCH});
      for (; state < stop; state++) expandState(state);
      settle();
    }
  }`;
}

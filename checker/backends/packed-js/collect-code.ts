import type { Projection } from "../../store/projection.ts";
import { range } from "./rules.ts";

/** States expanded before their successors are looked up: enough for the lookups' cache misses to overlap. */
export const BATCH = 64;

/** Words of successors kept to know them again; more would not stay in the processor's nearest caches. */
const RECENT_WORDS = 32_768;
/** No weight is as great. */
const NOT_YET = 2 ** 31 - 1;

/** How a module keeps states: its code, and where the words of the state that is expanded are read. */
export interface Storage {
  /** Declares `settle` and `expandRange`; `words` is the width of a state. */
  code(words: number): string;
  /** Code that reads one word of the state of index `state`. */
  load(word: number, words: number): string;
}

/** Columns of a collected successor: its words, the state it comes from, the weight of the move, a hash. */
export const columnsOf = (words: number): number => words + 3;

export const NO_STATE_CODE = String(0xffffffff);

/**
 * The part of every module that collects a batch's successors and reports what is seen on the way. Breadth first,
 * nearly half of all successors were met lately: they are not collected again, unless they come with less weight.
 */
export function collectCode(words: number, maxSuccessors: number, projection?: Projection): string {
  const columns = columnsOf(words);
  const recent = 2 ** Math.max(0, Math.floor(Math.log2(RECENT_WORDS / (words + 1))));
  const parameters = range(words).map((word) => `n${word}`);
  const each = (text: (name: string, word: number) => string, separator = " ") =>
    parameters.map(text).join(separator);
  return `
  let weights, filled = 0, taken = 0, current = 0, halted = false, levelStart = -1, levelEnd = -1;
  const fired = report.fired;
  const out = new Int32Array(${BATCH * maxSuccessors * columns});
  const recent = new Int32Array(${recent * (words + 1)}).fill(${NOT_YET});

  function emit(${parameters.join(", ")}, weight) {
    ${projection ? forgetCode(projection, words) : ""}
    let hash = 0;
    ${each((name) => `hash = Math.imul(hash ^ ${name}, 0x9e3779b1); hash ^= hash >>> 16;`)}
    hash ^= hash >>> 15;
    taken++;
    const at = (hash & ${recent - 1}) * ${words + 1};
    const sum = weights === undefined ? 0 : weights[current] + weight;
    const unlike = ${each((name, word) => `recent[at + ${word}] ^ ${name}`, " | ")};
    if (unlike === 0 && recent[at + ${words}] <= sum) return;
    ${each((name, word) => `recent[at + ${word}] = out[filled + ${word}] = ${name};`)}
    recent[at + ${words}] = sum;
    out[filled + ${words}] = current; out[filled + ${words + 1}] = weight; out[filled + ${words + 2}] = hash;
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
    filled = 0; taken = 0;
    for (let state = from; state < to; ) {
      const stop = Math.min(to, state + ${BATCH});
      for (; state < stop; state++) expandState(state);
      settle();
    }
  }`;
}

/** Clears what need not be kept of a successor. */
function forgetCode({ axes }: Projection, words: number): string {
  const held = axes.map(({ slot: { word, shift, width }, stride }) => {
    return `(n${word} >>> ${shift} & ${2 ** width - 1}) * ${stride * words}`;
  });
  const cleared = range(words).map((word) => `n${word} &= masks[place + ${word}];`);
  return `const place = ${held.join(" + ")}; ${cleared.join(" ")}`;
}

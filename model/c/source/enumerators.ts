const ENUM = /\benum\b\s*\w*\s*\{([^{}]*)\}/g;
const ENTRY = /^\s*(\w+)\s*(?:=\s*([^,]*))?$/;

/**
 * The numbers of the enumerators of a text; none of one whose value is not a number that is written there, nor of one
 * that two enumerations give different numbers.
 */
export function enumeratorsIn(text: string): ReadonlyMap<string, number> {
  const numbers = new Map<string, number | undefined>();
  for (const [, entries = ""] of text.matchAll(ENUM)) {
    let next: number | undefined = 0;
    // What is in an arm of an #if may be left out.
    if (/^[ \t]*#/m.test(entries)) continue;
    for (const entry of entries.split(",")) {
      const [, name, value] = ENTRY.exec(entry) ?? [];
      if (name === undefined) continue;
      if (value !== undefined) next = numberOf(value);
      numbers.set(name, numbers.has(name) && numbers.get(name) !== next ? undefined : next);
      if (next !== undefined) next++;
    }
  }
  return new Map([...numbers].flatMap(([name, number]) => (number === undefined ? [] : [[name, number]])));
}

const NUMBER = /^-?(?:0[xX][\da-fA-F]+|0|[1-9]\d*)[uUlL]*$/;
/** `BIT(3)`, `1 << 3` */
const BIT = /^(?:BIT\s*\(\s*(\d+)\s*\)|1[uUlL]*\s*<<\s*(\d+))$/;

/** The number that is written there. */
export function numberOf(value: string): number | undefined {
  const text = value
    .trim()
    .replace(/^\(\s*([^()]*(?:\(\s*\d+\s*\))?)\s*\)$/, "$1")
    .trim();
  if (NUMBER.test(text)) return Number(text.replace(/[uUlL]+$/, ""));
  const [, one, other] = BIT.exec(text) ?? [];
  const bit = Number(one ?? other ?? Number.NaN);
  return bit < 31 ? 2 ** bit : undefined;
}

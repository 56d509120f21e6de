const MAX_NAMES = 5;

/** What to say after a name that is not valid: those most like it, or all where they are few. */
export function nearestHint(unknown: string, valid: Iterable<string>): string {
  const names = [...new Set(valid)].sort();
  if (names.length === 0) return "(there are none)";
  const similar = similarTo(unknown, names);
  if (similar.length > 0) return `(similar: ${similar.join(", ")})`;
  return names.length > MAX_NAMES ? `(there are ${names.length})` : `(valid: ${names.join(", ")})`;
}

/** Names that contain the unknown one or are part of it; else those that begin like it. */
function similarTo(unknown: string, names: readonly string[]): readonly string[] {
  const within = names.filter((name) => name.includes(unknown) || unknown.includes(name));
  if (within.length > 0) return within.slice(0, MAX_NAMES);
  const longest = Math.max(...names.map((name) => sharedStart(unknown, name)));
  return longest === 0
    ? []
    : names.filter((name) => sharedStart(unknown, name) === longest).slice(0, MAX_NAMES);
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

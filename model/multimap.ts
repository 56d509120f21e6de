/** Puts one more value under a key. */
export function add<Key, Of>(map: Map<Key, Of[]>, key: Key, each: Of): void {
  const known = map.get(key);
  if (known) known.push(each);
  else map.set(key, [each]);
}

import type { Key } from "../calls/key.ts";

/** What several transitions say of a key is made once, so that whoever reads it works on it once. */
export function oncePerKey<Of extends object, T>(make: (key: Key, of: Of) => T): (key: Key, of: Of) => T {
  const known = new WeakMap<Key, Map<Of, T>>();
  return (key, of) => {
    const own = known.get(key) ?? new Map<Of, T>();
    known.set(key, own);
    const found = own.get(of) ?? make(key, of);
    own.set(of, found);
    return found;
  };
}

/**
 * Where a tree of plain data nests deepest: the offset (`at`, or `start`) of the nearest part around it that has one;
 * undefined where none has. Iterative, as it is asked where the stack has ended.
 */
export function deepestIn(tree: unknown): number | undefined {
  let most = -1;
  let found: number | undefined;
  const todo: Part[] = [{ part: tree, depth: 0, place: undefined }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { part, depth } = next;
    if (typeof part !== "object" || part === null) continue;
    const place = placeOf(part) ?? next.place;
    if (depth > most) [most, found] = [depth, place];
    for (const each of Object.values(part)) todo.push({ part: each, depth: depth + 1, place });
  }
  return found;
}

interface Part {
  readonly part: unknown;
  readonly depth: number;
  readonly place: number | undefined;
}

function placeOf(part: object): number | undefined {
  if ("at" in part && typeof part.at === "number") return part.at;
  return "start" in part && typeof part.start === "number" ? part.start : undefined;
}

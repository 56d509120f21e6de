import type { Key } from "./key.ts";

/**
 * The lock that `key` means once a variable is counted on by so many: `slots[i].lock` then is what `slots[i + 1].lock`
 * was, and `slot->lock` what `slot[1].lock` was.
 */
export function countedOn(
  { text, object }: Key,
  variable: string,
  step: number,
  keys: readonly Key[],
): Key | undefined {
  const path = pathFrom(text, variable, step) ?? pathAt(text, variable, step);
  return path === undefined ? undefined : keys.find((each) => each.text === path && each.object === object);
}

/** The path from a pointer that moves along an array. */
function pathFrom(path: string, pointer: string, step: number): string | undefined {
  if (!path.startsWith(pointer)) return undefined;
  const [, index = "0", rest] = /^(?:->|\[(-?\d+)\]\.)(.*)$/.exec(path.slice(pointer.length)) ?? [];
  if (rest === undefined) return undefined;
  const at = Number(index) + step;
  return at === 0 ? `${pointer}->${rest}` : `${pointer}[${at}].${rest}`;
}

/** The path by an index; undefined where the variable is part of it otherwise. */
function pathAt(path: string, variable: string, step: number): string | undefined {
  let isCounted = false;
  const counted = path.replace(/\[([^[\]]*)\]/g, (whole, index: string) => {
    const [, name, sign = "+", number = "0"] = /^([\w>.-]*\w)(?: ([+-]) (\d+))?$/.exec(index) ?? [];
    if (name !== variable) return whole;
    isCounted = true;
    const by = Number(sign + number) + step;
    return by === 0 ? `[${name}]` : `[${name} ${by < 0 ? "-" : "+"} ${Math.abs(by)}]`;
  });
  return isCounted ? counted : undefined;
}

/** Whether two paths lead to different elements of one array: `slots[i]` and `slots[i + 1]`. */
export function areNeighbours(one: string, other: string): boolean {
  const [first, second] = [one, other].map(elementOf);
  return (
    first !== undefined &&
    second !== undefined &&
    first.around === second.around &&
    first.name === second.name &&
    first.by !== second.by
  );
}

function elementOf(path: string): { around: string; name: string; by: number } | undefined {
  const [whole, index = "", ...others] = /\[([^[\]]*)\]/.exec(path) ?? [];
  if (whole === undefined) {
    const [, pointer, rest] = /^(\w+)->(.*)$/.exec(path) ?? [];
    return pointer === undefined ? undefined : { around: `${pointer}[].${rest}`, name: "", by: 0 };
  }
  if (others.length > 0) return undefined;
  const around = path.replace(whole, "[]");
  if (/^-?\d+$/.test(index)) return { around, name: "", by: Number(index) };
  const [, name, sign = "+", number = "0"] = /^([\w>.-]*\w)(?: ([+-]) (\d+))?$/.exec(index) ?? [];
  return name === undefined ? undefined : { around, name, by: Number(sign + number) };
}

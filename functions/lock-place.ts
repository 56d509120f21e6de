import { behindPointer, CONTEXT, type Flow, isFlags, isMapping, type Key } from "../model/c/index.ts";
import type { PlacedOperation } from "../model/c/knowledge/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import type { Operand } from "../model/kernel/operation.ts";
import { isAssigned } from "./passage.ts";
import { placePut } from "./put-place.ts";
import { isReturned } from "./returned.ts";

/** The lock is the function's own, or part of a variable that is: no caller can name it, whatever its own are called. */
export const isOfLocal = ({ text }: Key, locals: ReadonlySet<string>): boolean =>
  /^\w+(?![\w]|->)/.test(text) && locals.has(/^\w+/.exec(text)?.[0] ?? "");

/** Where a caller finds a lock of its callee. */
export interface Place {
  readonly operand?: Operand;
  readonly path?: string;
  readonly indices?: NonNullable<PlacedOperation["indices"]>;
}

/** A lock in the terms of the caller: behind an argument, behind the result, or a global's. */
export function callersPlace(
  key: Key,
  { parameters, pointersToPointers }: Pick<UnitFunction, "parameters" | "pointersToPointers">,
  flow: Flow,
): Place | undefined {
  if (key.text === CONTEXT) return {};
  // What a mapping's pointer is put into by its address, the call gives the address of: `&pte` for `*ptep`.
  const text = isMapping(key) ? key.text.replace(/^\*(?=\w+$)/, "") : key.text;
  const root = text.match(/^#?\w+/)?.[0] ?? "";
  const path = text.slice(root.length);
  const position = parameters.indexOf(root);
  const indices = indicesOf(path, parameters, flow);
  const behind = path === "" ? {} : { path, ...(indices && { indices }) };
  if (position >= 0 && pointersToPointers.has(root) && path.startsWith("->"))
    return { operand: position, ...behind, path: behindPointer(path) };
  if (position >= 0) return { operand: position, ...behind };
  if (isReturned(root, flow)) return { operand: "result", ...behind };
  if (isFlags(key)) return undefined;
  const put = path.startsWith("->") ? placePut(root, parameters, flow) : undefined;
  if (put) return { operand: put.position, path: put.toPath(path) };
  if (isAssigned(root, flow) || (path.startsWith("->") && isFilled(root, flow))) return undefined;
  if (/[([]/.test(key.text) && !indices) return undefined;
  return { path: key.text, ...(indices && { indices }) };
}

/** What leads to the lock, behind what the caller gives, is set in the function. */
export const isSetIn = ({ roots }: Key, flow: Flow): boolean =>
  roots.some((each) => /->|\./.test(each) && isAssigned(each, flow));

/** A callee that has its address can make the pointer lead anywhere. */
const isFilled = (name: string, { nodes }: Flow): boolean =>
  nodes.some(({ action }) => action.kind === "forget" && action.variables.includes(name));

/** The parameters that a path's indices consist of, with constants; undefined where there is more to them. */
function indicesOf(path: string, parameters: readonly string[], flow: Flow): PlacedOperation["indices"] {
  const whole = [...path.matchAll(/\[([^\]]*)\]/g)].flatMap(([, index = ""]) => index);
  if (whole.length === 0 || !whole.every((index) => /^[\w\s+*-]+$/.test(index))) return undefined;
  if (path.includes("(")) return undefined;
  const names = new Set(whole.flatMap((index) => index.match(/[a-z_]\w*/g) ?? []));
  const isGiven = (name: string) => parameters.includes(name) && !isAssigned(name, flow);
  if (![...names].every(isGiven)) return undefined;
  return [...names].map((name) => ({ name, position: parameters.indexOf(name) }));
}

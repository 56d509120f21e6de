import type { Event } from "../ir/model.ts";
import type { Operand, Operation } from "./operation.ts";

/** What an operation does, in words: `takes ptl (argument 4)`, `enters rcu`. */
export function operationText(operation: Operation): string {
  const { kind, object } = operation;
  if (kind === "may-sleep") return "may sleep";
  if (kind === "schedule") return "really sleeps";
  if (operation.kind === "assume") return `says that a lock is ${operation.mode}${placeText(operation)}`;
  if (kind === "require") return `needs a lock to be held${placeText(operation)}`;
  const shared = "mode" in operation && operation.mode === "shared" ? " for reading" : "";
  return `${VERBS[kind] ?? kind} ${object}${shared}${placeText(operation)}`;
}

/** A lock by its class and its place: `folio-lock (argument 1)`; all locks of the class where it has none. */
export const lockText = (operation: Operation): string =>
  `${placeText(operation) === "" ? "each " : ""}${operation.object}${placeText(operation)}`;

/** What happens in a step, in words, without the place. */
export function eventText({ kind, object, mode }: Event): string {
  return `${VERBS[kind] ?? kind} ${object}${mode === "shared" ? " for reading" : ""}`;
}

const VERBS: Readonly<Record<string, string>> = {
  acquire: "takes",
  release: "releases",
  "acquire-release": "takes and releases",
  enter: "enters",
  leave: "leaves",
  get: "gets a reference on",
  put: "drops a reference on",
  map: "maps",
  unmap: "unmaps",
  access: "reads or writes",
  declare: "declares",
  fill: "puts something on",
  drain: "may take something from",
  save: "saves",
  restore: "restores",
  age: "ages",
  isolate: "isolates",
  "put-back": "puts back",
  reclaim: "reclaims",
  flush: "flushes",
  "defer-flush": "defers the flush of",
  split: "splits",
  expose: "enables interrupts under",
  "table-gone": "finds no",
  wait: "waits for all who hold",
};

function placeText(operation: Operation): string {
  const operand = "operand" in operation ? operation.operand : undefined;
  const path = "path" in operation ? (operation.path ?? "") : "";
  if (operand === undefined) return path === "" ? "" : ` (${path})`;
  return ` (${operandText(operand)}${path})`;
}

const operandText = (operand: Operand): string =>
  operand === "result" ? "its result" : `argument ${operand + 1}`;

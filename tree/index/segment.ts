import { deserialize, serialize } from "node:v8";
import { DEFINITION_KINDS, type Definition, type FileFacts, type Handler } from "./facts.ts";
import { type Lists, listAt, listsOf, type Names, NameTable, nameAt, rowAt } from "./names.ts";

/** The facts of some files, in columns, as they are kept; numbers are those of `names`. */
export interface Segment {
  readonly paths: readonly string[];
  readonly names: Names;
  readonly includes: Lists;
  /** Of each file the first of its definitions and handlers; one more for the end. */
  readonly definitionsFrom: Uint32Array;
  readonly handlersFrom: Uint32Array;
  readonly definitions: DefinitionColumns;
  readonly parameters: Lists;
  readonly annotations: Lists;
  readonly calls: Lists;
  readonly handlers: HandlerColumns;
}

/** `flags` is the number of the kind, and whether it is static. */
type DefinitionColumns = Readonly<
  Record<"name" | "from" | "to" | "body" | "flags" | "condition", Uint32Array>
>;
type HandlerColumns = Readonly<Record<"function" | "place" | "at", Uint32Array>>;

const STATIC = 8;

export interface Located extends Definition {
  readonly path: string;
}

export interface LocatedHandler extends Handler {
  readonly path: string;
}

export function segmentOf(files: readonly FileFacts[]): Segment {
  const table = new NameTable();
  const number = (name: string) => table.numberOf(name);
  const definitions = files.flatMap((each) => each.definitions);
  const handlers = files.flatMap((each) => each.handlers);
  const column = (of: (each: Definition) => number) => Uint32Array.from(definitions, of);
  const lists = (of: (each: Definition) => readonly string[]) =>
    listsOf(definitions.map((each) => of(each).map(number)));
  const columns = {
    paths: files.map(({ path }) => path),
    includes: listsOf(files.map(({ includes }) => includes.map(number))),
    definitionsFrom: sums(files.map((each) => each.definitions.length)),
    handlersFrom: sums(files.map((each) => each.handlers.length)),
    definitions: {
      name: column(({ name }) => number(name)),
      from: column(({ from }) => from),
      to: column(({ to }) => to),
      body: column(({ body }) => body),
      flags: column(({ kind, isStatic }) => DEFINITION_KINDS.indexOf(kind) + (isStatic ? STATIC : 0)),
      condition: column(({ condition }) => number(condition)),
    },
    parameters: lists(({ parameters }) => parameters),
    annotations: lists(({ annotations }) => annotations),
    calls: lists(({ calls }) => calls),
    handlers: {
      function: Uint32Array.from(handlers, (each) => number(each.function)),
      place: Uint32Array.from(handlers, ({ place }) => number(place)),
      at: Uint32Array.from(handlers, ({ at }) => at),
    },
  };
  return { ...columns, names: table.names };
}

function sums(lengths: readonly number[]): Uint32Array {
  const all = new Uint32Array(lengths.length + 1);
  for (const [at, length] of lengths.entries()) all[at + 1] = (all[at] ?? 0) + length;
  return all;
}

export const bytesOfSegment = (segment: Segment): Buffer => serialize(segment);
/** @param bytes what `bytesOfSegment` made. */
export const segmentFrom = (bytes: Uint8Array): Segment => deserialize(bytes) as Segment;

export const countFunctions = ({ definitions: { flags } }: Segment): number =>
  flags.reduce((sum, each) => sum + (DEFINITION_KINDS[each % STATIC] === "function" ? 1 : 0), 0);

export function definitionAt(segment: Segment, row: number): Located {
  const { definitions, names, paths } = segment;
  const flags = definitions.flags[row] ?? 0;
  const listed = (lists: Lists) => Array.from(listAt(lists, row), (each) => nameAt(names, each));
  return {
    path: paths[fileOf(segment.definitionsFrom, row)] ?? "",
    kind: DEFINITION_KINDS[flags % STATIC] ?? "function",
    isStatic: flags >= STATIC,
    name: nameAt(names, definitions.name[row] ?? 0),
    condition: nameAt(names, definitions.condition[row] ?? 0),
    ...{ from: definitions.from[row] ?? 0, to: definitions.to[row] ?? 0, body: definitions.body[row] ?? 0 },
    parameters: listed(segment.parameters),
    annotations: listed(segment.annotations),
    calls: listed(segment.calls),
  };
}

/** The definitions that call a name, by its number. */
export function callersIn(segment: Segment, name: number): readonly Located[] {
  const { all } = segment.calls;
  const found: Located[] = [];
  for (let at = all.indexOf(name); at >= 0; at = all.indexOf(name, at + 1)) {
    found.push(definitionAt(segment, rowAt(segment.calls, at)));
  }
  return found;
}

/** What is set at a place, or where a function is handed on, by the number of its name. */
export function handlersIn(
  segment: Segment,
  by: "place" | "function",
  name: number,
): readonly LocatedHandler[] {
  const { handlers, names, paths } = segment;
  const column = handlers[by];
  const found: LocatedHandler[] = [];
  for (let row = column.indexOf(name); row >= 0; row = column.indexOf(name, row + 1)) {
    found.push({
      path: paths[fileOf(segment.handlersFrom, row)] ?? "",
      function: nameAt(names, handlers.function[row] ?? 0),
      place: nameAt(names, handlers.place[row] ?? 0),
      at: handlers.at[row] ?? 0,
    });
  }
  return found;
}

const fileOf = (from: Uint32Array, row: number): number => rowAt({ all: from, from }, row);

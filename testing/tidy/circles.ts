import { posix } from "node:path";
import type { SourceFile } from "./sources.ts";
import { importsOf } from "./syntax.ts";

/** Files that import each other, directly or through others; sorted by path. */
type Circle = readonly string[];

/** From each file to the files that it imports, type imports included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

interface AllowedCircle {
  readonly folder: string;
  /** Names in that folder, without `.ts`. */
  readonly files: readonly string[];
  readonly reason: string;
}

/** All other circles are a type or a function in the wrong file. */
export const ALLOWED_CIRCLES: readonly AllowedCircle[] = [
  {
    folder: "model/c/flow",
    files: [
      "allocation",
      "call",
      "cleanup",
      "condition",
      "expression",
      "inline",
      "repeat",
      "statement",
      "wait",
    ],
    reason:
      "recursive descent: a statement contains expressions, a statement expression and an inlined call contain statements",
  },
  {
    folder: "model/c/syntax",
    files: ["convert", "expression"],
    reason: "recursive descent: a statement contains expressions, a statement expression contains statements",
  },
  {
    folder: "model/c/syntax/handwritten",
    files: ["declaration", "expression", "primary", "statement"],
    reason: "recursive descent: an expression may contain initializers and statements",
  },
];

const filesOf = ({ folder, files }: AllowedCircle): Circle =>
  files.map((name) => `${folder}/${name}.ts`).sort();

/** Circles that are not allowed, and allowed ones that no longer exist. */
export function wrongCircles(
  graph: ImportGraph,
  allowed: readonly AllowedCircle[] = ALLOWED_CIRCLES,
): readonly string[] {
  const circles = importCircles(graph).map((circle) => circle.join(", "));
  const listed = allowed.map((each) => filesOf(each).join(", "));
  return [
    ...circles.filter((circle) => !listed.includes(circle)).map((circle) => `circle: ${circle}`),
    ...listed.filter((circle) => !circles.includes(circle)).map((circle) => `no longer a circle: ${circle}`),
  ];
}

export function importGraph(sources: readonly SourceFile[]): ImportGraph {
  const paths = new Set(sources.map(({ path }) => path));
  const targets = (source: SourceFile) =>
    importsOf(source)
      .filter((request) => request.startsWith("."))
      .map((request) => posix.join(posix.dirname(source.path), request))
      .filter((path) => paths.has(path));
  return new Map(sources.map((source) => [source.path, targets(source)]));
}

/** The strongly connected components of the graph that have two files or more. */
function importCircles(graph: ImportGraph): readonly Circle[] {
  const reachable = new Map([...graph.keys()].map((path) => [path, reachableFrom(path, graph)]));
  const circleOf = (path: string) =>
    [...(reachable.get(path) ?? [])].filter((other) => reachable.get(other)?.has(path)).sort();
  const circles = new Map([...graph.keys()].map((path) => circleOf(path)).map((all) => [all.join(), all]));
  return [...circles.values()].filter((circle) => circle.length > 0);
}

function reachableFrom(start: string, graph: ImportGraph): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const next of graph.get(path) ?? []) {
      if (!reached.has(next)) open.push(next);
      reached.add(next);
    }
  }
  return reached;
}

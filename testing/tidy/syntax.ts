import { parseSync, Visitor } from "vite";
import type { SourceFile } from "./sources.ts";

export interface FunctionSize {
  readonly name: string;
  /** From its head to its closing brace. */
  readonly lines: number;
}

/** The modules that a file imports, type imports and re-exports included, as they are written. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  const { module } = parseSync(path, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end));
  const exported = module.staticExports.flatMap(({ entries }) => entries.map((each) => each.moduleRequest));
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exported.flatMap((request) => (request ? [request.value] : [])),
    ...dynamic.map((quoted) => quoted.slice(1, -1)),
  ];
}

/** Functions that have a name of their own; a callback counts as part of the function it stands in. */
export function functionsOf({ path, text }: SourceFile): readonly FunctionSize[] {
  const found: FunctionSize[] = [];
  const add = (name: string, node: { start: number; end: number }) =>
    found.push({ name, lines: text.slice(node.start, node.end).split("\n").length });
  new Visitor({
    FunctionDeclaration: (node) => add(node.id?.name ?? "default", node),
    MethodDefinition: (node) => add(node.key.type === "Identifier" ? node.key.name : "method", node),
    VariableDeclarator: (node) => {
      const isFunction = node.init?.type === "ArrowFunctionExpression";
      if (isFunction && node.id.type === "Identifier") add(node.id.name, node);
    },
  }).visit(parseSync(path, text).program);
  return found;
}

/** How often a file escapes the type checker: `any`, and `!` after an expression. */
export function escapesOf({ path, text }: SourceFile): readonly string[] {
  const found: string[] = [];
  const add = (what: string, start: number) =>
    found.push(`${path}:${text.slice(0, start).split("\n").length}: ${what}`);
  new Visitor({
    TSAnyKeyword: (node) => add("any", node.start),
    TSNonNullExpression: (node) => add("non-null !", node.start),
  }).visit(parseSync(path, text).program);
  return found;
}

import { type ESTree, parseSync, Visitor } from "vite";
import type { SourceFile } from "./sources.ts";

export interface FunctionSize {
  readonly name: string;
  /** From its head to its closing brace; lines of template text do not count. */
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

interface Declared {
  readonly name: string;
  readonly parameters: number;
}

/** Exported functions, and the constructors and methods of exported classes. */
export function exportedFunctionsOf({ path, text }: SourceFile): readonly Declared[] {
  const found: Declared[] = [];
  const add = (name: string, { length }: readonly unknown[]) => found.push({ name, parameters: length });
  new Visitor({
    ExportNamedDeclaration: ({ declaration }) => {
      if (declaration?.type === "FunctionDeclaration") add(declaration.id?.name ?? "", declaration.params);
      const variables = declaration?.type === "VariableDeclaration" ? declaration.declarations : [];
      for (const { id, init } of variables) {
        const isFunction = init?.type === "ArrowFunctionExpression";
        if (isFunction && id.type === "Identifier") add(id.name, init.params);
      }
      const members = declaration?.type === "ClassDeclaration" ? declaration.body.body : [];
      for (const each of members) {
        if (each.type !== "MethodDefinition" || each.key.type !== "Identifier") continue;
        add(each.key.name, each.value.params);
      }
    },
  }).visit(parseSync(path, text).program);
  return found;
}

/** Functions that have a name of their own; a callback counts as part of the function it stands in. */
export function functionsOf({ path, text }: SourceFile): readonly FunctionSize[] {
  const found: FunctionSize[] = [];
  const { program } = parseSync(path, text);
  const generated = lineBreaksInTemplates(program, text);
  const add = (name: string, { start, end }: { start: number; end: number }) => {
    const data = generated.filter((at) => at >= start && at < end).length;
    found.push({ name, lines: text.slice(start, end).split("\n").length - data });
  };
  new Visitor({
    FunctionDeclaration: (node) => add(node.id?.name ?? "default", node),
    MethodDefinition: (node) => add(node.key.type === "Identifier" ? node.key.name : "method", node),
    VariableDeclarator: (node) => {
      const isFunction = node.init?.type === "ArrowFunctionExpression";
      if (isFunction && node.id.type === "Identifier") add(node.id.name, node);
    },
  }).visit(program);
  return found;
}

/** Where lines break within text that is only put together: generated code is data. */
function lineBreaksInTemplates(program: ESTree.Program, text: string): readonly number[] {
  const breaks: number[] = [];
  new Visitor({
    TemplateElement: ({ start, end }) => {
      for (let at = start; at < end; at++) if (text[at] === "\n") breaks.push(at);
    },
  }).visit(program);
  return breaks;
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

import { COMPUTED } from "../source/normalise.ts";
import { commaItems, type Expr, type Stmt } from "./ast.ts";
import { convertExpression } from "./expression.ts";
import { HEAD } from "./grammar.ts";
import { fieldOf, type TreeNode } from "./tree.ts";

/** What conversion reads beside the tree. */
export interface Source {
  /** The text that was parsed. */
  readonly text: string;
  /** What is added to a position in it to give an offset of the file. */
  readonly shift: number;
  /** Macros that read as `while`, by position in `text`. */
  readonly macros: ReadonlyMap<number, string>;
  /** Some of it could not be read. */
  readonly broken: boolean;
}

/** The statements of a parsed function body. */
export function convertBody(root: TreeNode, source: Source): readonly Stmt[] {
  const isWhole = root.type === "translation_unit";
  const astray = root.type === "ERROR" ? root : isWhole ? root.children.find(isAstray) : undefined;
  const unread = astray ? [notRead({ ...astray, start: Math.max(astray.start, HEAD.length) }, source)] : [];
  const statements = root.children.flatMap((each) => {
    if (each.type !== "function_definition") return convertStatements(each, source);
    const body = fieldOf(each, "body");
    return body ? body.children.flatMap((inner) => convertStatements(inner, source)) : [];
  });
  return [...unread, ...statements];
}

/** A body is one function: what stands beside it belonged to the body, or to nothing. */
const isAstray = ({ type }: TreeNode): boolean => type !== "function_definition" && type !== "comment";

type Convert = (node: TreeNode, source: Source, at: number) => readonly Stmt[];

const STATEMENTS: Readonly<Record<string, Convert>> = {
  compound_statement: (node, source) => [blockOf(node, source)],
  expression_statement: (node, source, at) => {
    const value = node.children.find((each) => each.type !== "comment");
    if (value?.type === "gnu_asm_expression") return asmGoto(value, source, at);
    return value ? [{ kind: "expression", value: convertExpression(value, source), at }] : [];
  },
  declaration: (node, source) => node.children.flatMap((each) => declared(each, source)),
  if_statement: (node, source, at) => {
    const no = fieldOf(node, "alternative");
    const [otherwise] = no ? [statementOf(no.children.at(-1), source)] : [];
    const parts = { test: conditionOf(node, source), yes: statementOf(fieldOf(node, "consequence"), source) };
    return [{ kind: "if", ...parts, ...(otherwise && { no: otherwise }), at }];
  },
  while_statement: (node, source, at) => {
    const body = statementOf(fieldOf(node, "body"), source);
    const name = source.macros.get(node.start);
    const test = conditionOf(node, source);
    if (name === undefined) return [{ kind: "while", test, body, at }];
    return [{ kind: "macro", name, args: commaItems(test), body, at }];
  },
  do_statement: (node, source, at) => [
    { kind: "do", test: tailOf(node, source, at), body: statementOf(fieldOf(node, "body"), source), at },
  ],
  for_statement: forStatement,
  switch_statement: (node, source, at) => [
    {
      kind: "switch",
      subject: conditionOf(node, source),
      body: statementOf(fieldOf(node, "body"), source),
      at,
    },
  ],
  case_statement: (node, source, at) => {
    const value = fieldOf(node, "value");
    const behind = node.children.filter((each) => each !== value);
    const label: Stmt = { kind: "case", ...(value && { value: convertExpression(value, source) }), at };
    return [label, ...behind.flatMap((each) => convertStatements(each, source))];
  },
  labeled_statement: (node, source, at) => {
    const [label, ...behind] = node.children;
    const name = label ? textOf(label, source) : "";
    return [{ kind: "label", name, at }, ...behind.flatMap((each) => convertStatements(each, source))];
  },
  goto_statement: (node, source, at) => {
    const name = node.children[0] ? textOf(node.children[0], source) : "";
    return [name === COMPUTED ? { kind: "computed goto", at } : { kind: "goto", name, at }];
  },
  break_statement: (_node, _source, at) => [{ kind: "break", at }],
  continue_statement: (_node, _source, at) => [{ kind: "continue", at }],
  return_statement: (node, source, at) => {
    const value = node.children[0];
    return [{ kind: "return", ...(value && { value: convertExpression(value, source) }), at }];
  },
  attributed_statement: (node, source) => node.children.flatMap((each) => convertStatements(each, source)),
};

/** Nothing for assembly that cannot jump. */
function asmGoto(node: TreeNode, source: Source, at: number): readonly Stmt[] {
  const jumps = node.children.some(
    (each) => each.type === "gnu_asm_qualifier" && textOf(each, source) === "goto",
  );
  const list = fieldOf(node, "goto_labels")?.children ?? [];
  return jumps ? [{ kind: "asm goto", labels: list.map((each) => textOf(each, source)), at }] : [];
}

const SILENT = new Set([
  "comment",
  "type_definition",
  "struct_specifier",
  "union_specifier",
  "enum_specifier",
  "attribute_declaration",
  "statement_identifier",
]);

function convertStatements(node: TreeNode, source: Source): readonly Stmt[] {
  const at = node.start + source.shift;
  const convert = STATEMENTS[node.type];
  if (convert) return [...errorsIn(node, source), ...convert(node, source, at)];
  if (SILENT.has(node.type)) return source.broken && hasError(node) ? [notRead(node, source)] : [];
  if (node.type.startsWith("preproc_")) return [];
  if (node.type === "ERROR") return unreadable(node, source);
  if (node.type === "MISSING" || node.type === "function_definition") return [notRead(node, source)];
  const value = convertExpression(node, source);
  return [
    ...(source.broken && hasError(node) ? [notRead(node, source)] : []),
    { kind: "expression", value, at },
  ];
}

/** Statements that have others in them: what can't be read there is theirs to say. */
const HAS_STATEMENTS = /^(?:compound|case|labeled|attributed)_statement$/;

/** What can't be read inside a statement's own expressions taints what it names. */
function errorsIn(node: TreeNode, source: Source): readonly Stmt[] {
  if (!source.broken || HAS_STATEMENTS.test(node.type)) return [];
  const parts = node.children.flatMap((each) => (each.type === "else_clause" ? each.children : [each]));
  const own = parts.filter(({ type }) => !(type in STATEMENTS));
  return own.some(hasError) ? [notRead(node, source)] : [];
}

/** What the grammar had to leave out, or to put in. */
const hasError = (node: TreeNode): boolean =>
  node.type === "ERROR" || node.type === "MISSING" || node.children.some(hasError);

const notRead = (node: TreeNode, source: Source): Stmt => ({
  kind: "unreadable",
  text: textOf(node, source).slice(0, 200),
  at: node.start + source.shift,
});

/** What of an unreadable stretch is a statement is kept; the stretch itself taints what it names. */
function unreadable(node: TreeNode, source: Source): readonly Stmt[] {
  const text = textOf(node, source);
  const kept = node.children.filter((each) => each.type in STATEMENTS);
  const taint: Stmt = { kind: "unreadable", text, at: node.start + source.shift };
  const harmless = /^[\s;]*$/.test(text);
  return [...(harmless ? [] : [taint]), ...kept.flatMap((each) => convertStatements(each, source))];
}

function declared(node: TreeNode, source: Source): readonly Stmt[] {
  const at = node.start + source.shift;
  if (node.type === "ERROR") return unreadable(node, source);
  if (node.field !== "declarator") return [];
  if (node.type !== "init_declarator") {
    return node.type === "function_declarator" ? callLike(node, source, at) : [declare(node, source, at)];
  }
  const [declarator, value] = [fieldOf(node, "declarator"), fieldOf(node, "value")];
  if (!declarator) return [];
  const initial = value && convertExpression(value, source);
  return [{ ...declare(declarator, source, at), ...(initial && { value: initial }) }];
}

/** `DECLARE_X(a, b);` and `T f(a);` look alike, and so does a call behind a stray word: all are kept as calls. */
function callLike(node: TreeNode, source: Source, at: number): readonly Stmt[] {
  const name = innermostName(node, source);
  const given = fieldOf(node, "parameters")?.children ?? [];
  const args = given.map((each): Expr => {
    const text = textOf(each, source);
    return /^\w+$/.test(text) ? { kind: "name", name: text } : { kind: "literal", text };
  });
  return [{ kind: "expression", value: { kind: "call", callee: { kind: "name", name }, args, at }, at }];
}

const declare = (node: TreeNode, source: Source, at: number): Stmt & { kind: "declare" } => ({
  kind: "declare",
  name: innermostName(node, source),
  at,
});

function innermostName(node: TreeNode, source: Source): string {
  if (node.type === "identifier") return textOf(node, source);
  const inner = fieldOf(node, "declarator") ?? node.children.find((each) => each.type !== "type_qualifier");
  return inner ? innermostName(inner, source) : "";
}

function forStatement(node: TreeNode, source: Source, at: number): readonly Stmt[] {
  const [first, test, advance] = ["initializer", "condition", "update"].map((each) => fieldOf(node, each));
  const begin = first && convertStatements(first, source);
  return [
    {
      kind: "for",
      ...(begin && { first: { kind: "block", body: begin, end: at } as const }),
      ...(test && { test: convertExpression(test, source) }),
      ...(advance && { advance: convertExpression(advance, source) }),
      body: statementOf(fieldOf(node, "body"), source),
      at,
    },
  ];
}

function conditionOf(node: TreeNode, source: Source): Expr {
  const condition = fieldOf(node, "condition");
  return condition ? convertExpression(condition, source) : { kind: "literal", text: "" };
}

/** What a do loop asks at its end: a macro (while_each_thread) as the call that it looks like. */
function tailOf(node: TreeNode, source: Source, at: number): Expr {
  const test = conditionOf(node, source);
  const name = source.macros.get(fieldOf(node, "condition")?.start ?? -1);
  return name === undefined
    ? test
    : { kind: "call", callee: { kind: "name", name }, args: commaItems(test), at };
}

function statementOf(node: TreeNode | undefined, source: Source): Stmt {
  if (!node) return { kind: "block", body: [], end: 0 };
  const statements = convertStatements(node, source);
  const only = statements[0];
  return statements.length === 1 && only
    ? only
    : { kind: "block", body: statements, end: node.end + source.shift };
}

function blockOf(node: TreeNode, source: Source): Stmt {
  const body = node.children.flatMap((each) => convertStatements(each, source));
  return { kind: "block", body, end: node.end - 1 + source.shift };
}

const textOf = (node: TreeNode, source: Source): string => source.text.slice(node.start, node.end);

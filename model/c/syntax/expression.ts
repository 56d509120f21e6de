import type { Expr } from "./ast.ts";
import { convertBody, type Source } from "./convert.ts";
import { fieldOf, type TreeNode } from "./tree.ts";

type Convert = (node: TreeNode, source: Source) => Expr;

const UNKNOWN: Expr = { kind: "literal", text: "?" };

const EXPRESSIONS: Readonly<Record<string, Convert>> = {
  identifier: (node, source) => ({ kind: "name", name: textOf(node, source) }),
  field_identifier: (node, source) => ({ kind: "name", name: textOf(node, source) }),
  parenthesized_expression: (node, source) => {
    const inner = node.children.find((each) => each.type !== "comment" && each.type !== "ERROR");
    if (inner?.type !== "compound_statement") return inner ? convertExpression(inner, source) : UNKNOWN;
    return { kind: "block", body: convertBody({ ...node, children: inner.children }, source) };
  },
  cast_expression: (node, source) => part(node, "value", source),
  extension_expression: (node, source) => lastChild(node, source),
  call_expression: (node, source) => ({
    kind: "call",
    callee: part(node, "function", source),
    args: argumentsOf(fieldOf(node, "arguments"), source),
    at: node.start + source.shift,
  }),
  field_expression: (node, source) => {
    const [base, field] = [fieldOf(node, "argument"), fieldOf(node, "field")];
    const between = source.text.slice(base?.end ?? node.start, field?.start ?? node.end);
    const name = field ? textOf(field, source) : "";
    return {
      kind: "member",
      base: part(node, "argument", source),
      field: name,
      arrow: between.includes("->"),
    };
  },
  subscript_expression: (node, source) => ({
    kind: "index",
    base: part(node, "argument", source),
    index: part(node, "index", source),
  }),
  unary_expression: unary,
  pointer_expression: unary,
  update_expression: step,
  binary_expression: (node, source) => ({
    kind: "binary",
    operator: operatorOf(node, source),
    left: part(node, "left", source),
    right: part(node, "right", source),
  }),
  assignment_expression: (node, source) => ({
    kind: "assign",
    operator: operatorOf(node, source),
    left: part(node, "left", source),
    right: part(node, "right", source),
    at: node.start + source.shift,
  }),
  conditional_expression: (node, source) => {
    const yes = fieldOf(node, "consequence");
    return {
      kind: "conditional",
      test: part(node, "condition", source),
      ...(yes && { yes: convertExpression(yes, source) }),
      no: part(node, "alternative", source),
      at: node.start + source.shift,
    };
  },
  comma_expression: (node, source) => ({
    kind: "comma",
    left: part(node, "left", source),
    right: part(node, "right", source),
  }),
  initializer_list: listOf,
  initializer_pair: (node, source) => part(node, "value", source),
  compound_literal_expression: (node, source) => part(node, "value", source),
};

/** An expression of the tree; text that is none becomes a literal. */
export function convertExpression(node: TreeNode, source: Source): Expr {
  const convert = EXPRESSIONS[node.type];
  return convert ? convert(node, source) : { kind: "literal", text: textOf(node, source) };
}

function part(node: TreeNode, field: string, source: Source): Expr {
  const found = fieldOf(node, field);
  return found ? convertExpression(found, source) : UNKNOWN;
}

function lastChild(node: TreeNode, source: Source): Expr {
  const last = node.children.at(-1);
  return last ? convertExpression(last, source) : UNKNOWN;
}

function unary(node: TreeNode, source: Source): Expr {
  const operand = fieldOf(node, "argument");
  const operator = source.text.slice(node.start, operand?.start ?? node.end).trim();
  return { kind: "unary", operator, operand: operand ? convertExpression(operand, source) : UNKNOWN };
}

/** The grammar reads `!p++` as `(!p)++`: the step binds closer. */
function step(node: TreeNode, source: Source): Expr {
  const text = textOf(node, source);
  const operator = text.includes("++") ? "++" : "--";
  const prefix = /^[+-]{2}/.test(text);
  const argument = fieldOf(node, "argument");
  const operand = argument ? convertExpression(argument, source) : UNKNOWN;
  const at = node.start + source.shift;
  const misread =
    !prefix && (argument?.type === "unary_expression" || argument?.type === "pointer_expression");
  if (!misread || operand.kind !== "unary") return { kind: "step", operator, prefix, operand, at };
  return { ...operand, operand: { kind: "step", operator, prefix, operand: operand.operand, at } };
}

function listOf(node: TreeNode, source: Source): Expr {
  const items = node.children.filter((each) => each.type !== "comment");
  return { kind: "list", items: items.map((each) => convertExpression(each, source)) };
}

function argumentsOf(node: TreeNode | undefined, source: Source): readonly Expr[] {
  const given = node?.children.filter((each) => each.type !== "comment" && each.type !== "ERROR") ?? [];
  return given.map((each) => convertExpression(each, source));
}

/** Operators are not named nodes: they are what stands between the sides. */
function operatorOf(node: TreeNode, source: Source): string {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  return source.text.slice(left?.end ?? node.start, right?.start ?? node.end).replace(/[\s()]/g, "");
}

const textOf = (node: TreeNode, source: Source): string => source.text.slice(node.start, node.end);

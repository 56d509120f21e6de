import type { Scanned } from "../mutate/across.ts";
import type { Edit } from "../mutate/edit.ts";
import type { Call } from "../mutate/scan.ts";
import { type LaidBody, laidBody, PassedOver } from "./lay.ts";
import { declaredBy, freshName, namesIn, splitOutside } from "./names.ts";
import { behindClosing, type Statement, statementsIn } from "./statements.ts";

export interface Inlined {
  /** In the caller's file. */
  readonly edit: Edit;
  readonly body: LaidBody;
}

/** The callee's body in place of a call. @throws PassedOver */
export function inlineCall(caller: Scanned, call: Call, callee: Scanned): Inlined {
  const { edit, body } = atFirstColumn(caller, call, callee);
  return { body, edit: { ...edit, text: indented(edit.text) } };
}

/** Braces of the first column are those of functions. */
const indented = (text: string): string => text.replace(/\n(?=[^\n#])/g, "\n\t");

function atFirstColumn(caller: Scanned, call: Call, callee: Scanned): Inlined {
  const { code, in: each } = caller;
  const statement = statementAround(caller, call.at);
  const end = behindClosing(code, call.at + call.name.length);
  const own = code.slice(each.from, each.end + 1);
  const before = code.slice(statement.head?.[0] ?? statement.from, call.at);
  const behind = code.slice(end, statement.end);
  const at = { at: statement.from, end: statement.end };
  const given = argumentsOf(caller, call, end);
  const about = { caller: own, arguments: given };
  // The result is not used.
  if (statement.kind === "simple" && /^(?:\(void\)\s*)?$/.test(before) && /^\s*;$/.test(behind)) {
    const unused = freshName("unused", namesIn(own + callee.code.slice(callee.in.start, callee.in.end)));
    const body = laidBody(callee, { ...about, result: unused });
    const declared = body.type === undefined ? "" : `${body.type} ${unused};\n`;
    return { body, edit: { ...at, text: `{\n${declared}${body.text}\n}` } };
  }
  const target = /^(\w+)\s*=\s*$/.exec(before)?.[1];
  if (target !== undefined && /^\s*;$/.test(behind) && isFree(target, given, callee)) {
    const body = laidBody(callee, { ...about, result: target });
    return { body, edit: { ...at, text: `{\n${body.text}\n}` } };
  }
  if (!isFirst(before, code.slice(statement.from, call.at)))
    throw new PassedOver("a call that something is evaluated before");
  const taken = namesIn(own + callee.code.slice(callee.in.start, callee.in.end));
  const result = freshName("called", taken);
  const body = laidBody(callee, { ...about, result });
  if (body.type === undefined) throw new PassedOver("a call whose result is not plain");
  return {
    body,
    edit: { ...at, text: takenOut(caller, statement, { at: call.at, end }, { ...body, result }) },
  };
}

/** The statement with the result in place of the call, behind the body. */
function takenOut(
  { source, code }: Scanned,
  statement: Statement,
  call: { readonly at: number; readonly end: number },
  body: LaidBody & { readonly result: string },
): string {
  const { text } = source;
  const rest = text.slice(statement.from, call.at) + body.result + text.slice(call.end, statement.end);
  const first = `${body.type}${body.type?.endsWith("*") ? "" : " "}${body.result};\n{\n${body.text}\n}\n`;
  const isDeclaration = declaredBy(code.slice(statement.from, statement.end)).length > 0;
  return isDeclaration && statement.inBlock ? `${first}${rest}` : `{\n${first}${rest}\n}`;
}

/** The innermost statement whose own text has the call. */
function statementAround({ code, in: each }: Scanned, at: number): Statement {
  const all = statementsIn(code, each.start, each.end);
  const around = all?.filter(({ from, end }) => from <= at && at < end).at(-1);
  if (!around) throw new PassedOver("a caller that is not told apart");
  const { kind, head } = around;
  const isInHead = head !== undefined && head[0] <= at && at < head[1];
  if (kind === "loop") throw new PassedOver("a call in the head of a loop");
  if (kind !== "simple" && !((kind === "if" || kind === "switch") && isInHead))
    throw new PassedOver("a call that is not told apart");
  return around;
}

/** As written: the blanked text has no strings. */
function argumentsOf({ source, code }: Scanned, { at, name }: Call, end: number): readonly string[] {
  let from = at + name.length + 1;
  return splitOutside(code.slice(from, end - 1), ",").map((each) => {
    const text = /["']/.test(source.text.slice(from, from + each.length)) ? source.text : code;
    const found = text
      .slice(from, from + each.length)
      .replace(/\s+/g, " ")
      .trim();
    from += each.length + 1;
    return found;
  });
}

/** The body does not see the variable that gets its result. */
const isFree = (target: string, given: readonly string[], callee: Scanned): boolean =>
  !namesIn(callee.code.slice(callee.in.from, callee.in.end)).has(target) &&
  !given.some((each) => namesIn(each).has(target));

const OPERATORS =
  /^(?:[\s(!~-]|\b(?:return|likely|unlikely|IS_ERR|PTR_ERR|IS_ERR_OR_NULL|if|switch)\b|\((?:int|long|void|bool|unsigned \w+|struct \w+ \*)\))*$/;
const SETS = /^[^=(]*(?<![=!<>])=(?!=)/;
const COMPARES = /^[\s(!]*[\w>.-]+\s*(?:[=!]=|[<>]=?)\s*$/;

/** Whether nothing that does something is evaluated before the call, and nothing decides on it. */
function isFirst(before: string, whole: string): boolean {
  const set = SETS.exec(before);
  const place = set?.[0] ?? "";
  if (/[?]|&&|\|\||\+\+|--|,/.test(before.slice(place.length)) || /\+\+|--/.test(place)) return false;
  const rest = before.slice(place.length);
  return (OPERATORS.test(rest) || COMPARES.test(rest)) && !/\bsizeof\b|\btypeof\b/.test(whole);
}

import { neverReturns } from "../../kernel/table/never-returns.ts";
import type { FunctionText } from "./scan.ts";

const WORD = /\b(?:__noreturn|_Noreturn|noreturn|__noreturn__)\b/g;

/** The names that are declared so, each in the text between a statement's ends around the word. */
function declaredIn(text: string): readonly string[] {
  return [...text.matchAll(WORD)].flatMap(({ index }) => {
    const before = text.slice(Math.max(0, index - 500), index);
    const behind = text.slice(index, index + 500);
    const start = Math.max(...[";", "{", "}", "#"].map((each) => before.lastIndexOf(each)));
    const around = before.slice(start + 1) + behind.slice(0, Math.max(0, behind.search(/[;{}]/)));
    return (
      /(?<!\w)(?!__attribute)([A-Za-z_]\w*)\s*\((?!\()/.exec(
        around.replace(/__attribute(?:__)?\s*\(\(.*?\)\)/gs, ""),
      )?.[1] ?? []
    );
  });
}

/** The functions of a source that never come back: they are declared so, or end in a call that does not. */
export function neverReturningIn(text: string, functions: readonly FunctionText[]): ReadonlySet<string> {
  // The arms of an #if may define a function more than once: all must agree.
  const bodies = new Map<string, (readonly string[])[]>();
  for (const each of functions)
    bodies.set(each.name, [...(bodies.get(each.name) ?? []), statementsOf(text, each)]);
  const names = new Set<string>();
  for (const name of declaredIn(text)) {
    // A definition in sight must not say otherwise.
    if (!bodies.get(name)?.some(returns)) names.add(name);
  }
  const ends = (statement: string) => {
    const name = /^(\w+)\s*\(/.exec(statement)?.[1];
    return name !== undefined && (names.has(name) || neverReturns(name));
  };
  for (const [name, definitions] of bodies) {
    if (definitions.every((each) => !returns(each) && each.some(ends))) names.add(name);
  }
  return names;
}

const returns = (statements: readonly string[]): boolean =>
  statements.some((each) => /\b(?:return|goto)\b/.test(each));

/** The statements of a body as text; a block belongs to the statement that it stands in. */
function statementsOf(text: string, { bodyStart, bodyEnd }: FunctionText): readonly string[] {
  const statements: string[] = [];
  let [depth, from] = [0, bodyStart + 1];
  for (let at = bodyStart + 1; at < bodyEnd - 1; at++) {
    const letter = text[at];
    if (letter === "{" || letter === "(") depth++;
    else if (letter === "}" || letter === ")") depth--;
    if (depth > 0 || (letter !== ";" && letter !== "}")) continue;
    statements.push(text.slice(from, at + 1).trim());
    from = at + 1;
  }
  return statements;
}

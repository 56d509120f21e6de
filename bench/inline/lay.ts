import type { Scanned } from "../mutate/across.ts";
import { applyEdits, type Edit } from "../mutate/edit.ts";
import { declaredIn, freshName, isStatic, namesIn, replacedNames } from "./names.ts";
import { type Given, isReplaceable, parametersOf } from "./parameter.ts";
import { type Statement, statementsIn } from "./statements.ts";

/** A body as it may stand in place of a call. */
export interface LaidBody {
  /** Statements, without braces around them. */
  readonly text: string;
  /** The type of what it returns, where that is something. */
  readonly type: string | undefined;
  /** By the names of its parameters what stands for them. */
  readonly given: ReadonlyMap<string, string>;
}

/** What the call is replaced in. */
export interface Place {
  /** The blanked text of the caller's head and body. */
  readonly caller: string;
  readonly arguments: readonly string[];
  /** The variable that gets what is returned. */
  readonly result: string;
}

/** Why a call is passed over. */
export class PassedOver extends Error {}

/** The callee's body with the caller's names. @throws PassedOver */
export function laidBody({ source, code, in: each }: Scanned, place: Place): LaidBody {
  const body = code.slice(each.start + 1, each.end);
  const statements = statementsIn(code, each.start, each.end);
  if (!statements) throw new PassedOver("a body that is not told apart");
  if (/\b__noreturn\b/.test(each.head)) throw new PassedOver("a callee that never comes back");
  if (/^\s*#\s*(?:define|undef|include)\b/m.test(source.text.slice(each.start, each.end)))
    throw new PassedOver("directives that are no conditions");
  refuseBody(
    body,
    each.name,
    statements.map(({ from, end }) => code.slice(from, end)),
  );
  const given = givenBy(parametersOf(each.head, each.name), place.arguments);
  const locals = declaredIn(code, statements);
  refuseHidden(body, new Set([...locals, ...given.map(({ name }) => name)]), place.caller);
  const { texts, declared } = namesFor(given, locals, { body, place });
  const range = [each.start + 1, each.end] as const;
  const labels = labelEdits({ code, body, start: each.start + 1 }, statements, place.caller);
  const end = freshName("out_of_call", namesIn(place.caller + body));
  const { edits, jumps } = returnEdits({ code, range, statements }, { ...place, end });
  const all = [...replacedNames(code, range, texts), ...labels, ...edits];
  const inner = applyEdits(source.text, all.concat(outsideOf(range, source.text.length))).trimEnd();
  const isVoid = /\bvoid$/.test(typeOf(each.returns));
  return {
    text: [...declared, inner, ...(jumps ? [`${end}: ;`] : [])].join("\n"),
    type: isVoid ? undefined : typeOf(each.returns),
    given: new Map(given.map(({ name, argument }) => [texts.get(name) ?? name, argument])),
  };
}

const outsideOf = ([from, end]: readonly [number, number], length: number): readonly Edit[] => [
  { at: 0, end: from, text: "" },
  { at: end, end: length, text: "" },
];

const typeOf = (returns: string): string =>
  returns
    .replace(/\b(?:static|extern|inline|noinline\w*|asmlinkage|__\w+)\b/g, "")
    .replace(/\s+/g, " ")
    .trim();

function refuseBody(body: string, name: string, statements: readonly string[]): void {
  const reasons: readonly (readonly [string, boolean])[] = [
    ["recursion", new RegExp(`\\b${name}\\s*\\(`).test(body)],
    ["static locals", statements.some(isStatic)],
    ["labels as values", /&&\s*[a-z_]\w*\s*[;,}]|\bgoto\s*\*|\basm\b[^;]*\bgoto\b|\b__label__\b/.test(body)],
    ["a statement expression that leaves", /\(\s*\{[^}]*\b(?:return|goto)\b/.test(body)],
  ];
  const reason = reasons.find(([, isSo]) => isSo)?.[0];
  if (reason !== undefined) throw new PassedOver(reason);
}

function givenBy(parameters: readonly Given[] | undefined, args: readonly string[]): readonly Given[] {
  const passed = args.join() === "" ? [] : args;
  if (!parameters) throw new PassedOver("parameters that are not plain");
  if (parameters.length !== passed.length) throw new PassedOver("another number of arguments");
  return parameters.map((each, at) => ({ ...each, argument: passed[at] ?? "" }));
}

/** What the callee has from its file, a local of the caller would hide. */
function refuseHidden(body: string, own: ReadonlySet<string>, caller: string): void {
  const open = caller.indexOf("{");
  const statements = statementsIn(caller, open, caller.lastIndexOf("}"));
  if (!statements) throw new PassedOver("a caller that is not told apart");
  const locals = declaredIn(caller, statements);
  const hidden = [...namesIn(body)].filter((name) => !own.has(name) && locals.has(name));
  // A member may be named as the argument of a macro.
  if (hidden.some((name) => !new RegExp(`,\\s*${name}\\s*\\)`).test(body)))
    throw new PassedOver("a global that a local hides");
}

/** What stands for each parameter and each local whose name the caller has; and the parameters that are variables. */
function namesFor(
  given: readonly Given[],
  locals: ReadonlySet<string>,
  { body, place }: { readonly body: string; readonly place: Place },
): { readonly texts: ReadonlyMap<string, string>; readonly declared: readonly string[] } {
  const texts = new Map<string, string>();
  const declared: string[] = [];
  const taken = new Set([...namesIn(place.caller), ...namesIn(body), place.result]);
  const clashing = new Set([...namesIn(place.caller), place.result]);
  for (const name of locals) if (clashing.has(name)) texts.set(name, freshName(`own_${name}`, taken));
  for (const each of given) {
    if (isReplaceable(each, body)) texts.set(each.name, each.argument);
    else {
      const name = clashing.has(each.name) ? freshName(`own_${each.name}`, taken) : each.name;
      if (name !== each.name) texts.set(each.name, name);
      const named = each.declaration.replace(new RegExp(`\\b${each.name}\\b(?!.*\\b${each.name}\\b)`), name);
      declared.push(`${named} = ${each.argument};`);
    }
  }
  return { texts, declared };
}

interface Text {
  readonly code: string;
  readonly body: string;
  readonly start: number;
}

/** Labels that the caller has as well get other names. */
function labelEdits(
  { code, body, start }: Text,
  statements: readonly Statement[],
  caller: string,
): readonly Edit[] {
  const labels = statements.flatMap(({ kind, from, end }) => {
    const name = kind === "label" ? /^(?!case\b|default\b)\w+/.exec(code.slice(from, end))?.[0] : undefined;
    return name === undefined ? [] : [name];
  });
  const taken = new Set([...(caller.match(/\w+/g) ?? []), ...(body.match(/\w+/g) ?? [])]);
  return labels
    .filter((name) => new RegExp(`\\b${name}\\s*:|\\bgoto\\s+${name}\\b`).test(caller))
    .flatMap((name) => {
      const text = freshName(`own_${name}`, taken);
      const uses = new RegExp(`(?<=\\bgoto\\s+)${name}\\b|(?<=(?:^|[;{}:])\\s*)${name}(?=\\s*:(?!:))`, "g");
      return [...body.matchAll(uses)].map(({ index }) => ({
        ...{ at: start + index, end: start + index + name.length, text },
      }));
    });
}

/** `return x;` becomes an assignment and a jump behind the body; the last one needs no jump. */
function returnEdits(
  {
    code,
    range: [from, end],
    statements,
  }: {
    readonly code: string;
    readonly range: readonly [number, number];
    readonly statements: readonly Statement[];
  },
  { result, end: label }: { readonly result: string; readonly end: string },
): { readonly edits: readonly Edit[]; readonly jumps: boolean } {
  let jumps = false;
  const edits = [...code.slice(from, end).matchAll(/\breturn\b\s*/g)].flatMap(
    ({ 0: word, index }): Edit[] => {
      const at = from + index;
      const statement = statements.find((each) => each.kind === "simple" && each.from === at);
      if (!statement) throw new PassedOver("a return that is not told apart");
      const isLast = statement.depth === 0 && code.slice(statement.end, end).trim() === "";
      const isEmpty = code[at + word.length] === ";";
      jumps ||= !isLast;
      const set = isEmpty ? "" : result === "" ? "" : `${result} = `;
      const behind = isLast ? ";" : isEmpty ? `goto ${label}; }` : `; goto ${label}; }`;
      return [
        { at, end: at + word.length, text: isLast ? set : `{ ${set}` },
        { at: statement.end - 1, end: statement.end, text: behind },
      ];
    },
  );
  return { edits, jumps };
}

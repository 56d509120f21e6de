import { type ESTree, parseSync, Visitor } from "vite";
import type { SourceFile } from "./sources.ts";

/** What an error may be told by: our kinds (a ModelError is bad input, and Undecided a bound), the language's, and how commander ends. */
const NAMES: ReadonlySet<string> = new Set([
  ...["InputError", "ModelError", "NotModelled", "Undecided"],
  ...["Error", "RangeError", "SyntaxError", "CommanderError"],
]);
/** What hands on an error that it does not know. */
const HAND_ON: ReadonlySet<string> = new Set(["systemMessage", "requireReason", "reject"]);
/** Catches that may take whatever comes, and why. */
const TAKE_ALL: Readonly<Record<string, string>> = {
  "cli/dispatch.ts": "it tells the user, and the process exits with 2",
  "cli/explore/target.ts": "the module is the user's: what it throws is theirs to mend",
};

/** Catches that may swallow an error that nobody expects: it could end as a verdict. */
export function wrongCatches({ path, text }: SourceFile): readonly string[] {
  const found: string[] = [];
  const add = (what: string, start: number) =>
    found.push(`${path}:${text.slice(0, start).split("\n").length}: ${what}`);
  new Visitor({
    CatchClause: (clause) => {
      const { handedOn, names } = readClause(clause);
      if (!handedOn && !(path in TAKE_ALL)) add("what is not expected goes no further", clause.start);
      for (const name of names) if (!NAMES.has(name)) add(`caught by name: ${name}`, clause.start);
    },
    CallExpression: ({ callee, start }) => {
      if (callee.type === "MemberExpression" && nameOf(callee.property) === "catch") add("a catch()", start);
    },
  }).visit(parseSync(path, text).program);
  return found;
}

const nameOf = (node: { readonly type: string } | null | undefined): string | undefined =>
  node?.type === "Identifier" && "name" in node ? String(node.name) : undefined;

/** Whether some way through a clause throws on what it caught, and by which classes it tells errors apart. */
function readClause({ param, body }: ESTree.CatchClause) {
  const caught = nameOf(param);
  const isCaught = (node: { readonly type: string } | undefined) =>
    caught !== undefined && nameOf(node) === caught;
  const names: string[] = [];
  let handedOn = false;
  new Visitor({
    ThrowStatement: ({ argument }) => {
      const isChoice = argument.type === "ConditionalExpression";
      const thrown = isChoice ? [argument.consequent, argument.alternate] : [argument];
      if (thrown.some(isCaught)) handedOn = true;
    },
    CallExpression: ({ callee, arguments: [first] }) => {
      if (HAND_ON.has(nameOf(callee) ?? "") && isCaught(first)) handedOn = true;
    },
    BinaryExpression: ({ operator, left, right }) => {
      const name = nameOf(right);
      if (operator === "instanceof" && isCaught(left) && name !== undefined) names.push(name);
    },
  }).visit(programOf(body));
  return { handedOn, names };
}

/** Visitors walk whole programs. */
const programOf = ({ body, start, end }: ESTree.BlockStatement): ESTree.Program => ({
  type: "Program",
  body,
  start,
  end,
  sourceType: "module",
  hashbang: null,
  parent: null,
});

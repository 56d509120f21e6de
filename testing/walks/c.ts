import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../cli/testing/run-cli.ts";
import type { Exit } from "../../functions/exit.ts";
import { judge } from "../../functions/judge.ts";
import {
  type Expr,
  type FlowNode,
  type FunctionReading,
  type Plan,
  programLines,
  readFunction,
  type Stmt,
} from "../../model/c/index.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { readUnit, type Unit, type UnitFunction } from "../../model/c/source/index.ts";

const FILE = "testing/walks/box.c";

/** What each step from C to a finding makes of box.c, by the name of its block in docs/architecture.md. */
export async function cWalk(): Promise<Readonly<Record<string, string>>> {
  const text = readFileSync(join(import.meta.dirname, "box.c"), "utf8");
  const unit = readUnit(text);
  const [each] = unit.functions;
  if (!each) throw new Error("box.c defines no function");
  const { readings } = await readFunction(each, { unit, file: FILE, known: tableKnowledge });
  const [reading] = readings;
  if (!reading) throw new Error("box_put() has no reading");
  const translation = reading.program("all");
  const { explored, exits, findings } = judge(translation, each, { maxStates: 1000 });
  const violated = explored.properties.filter(({ verdict }) => verdict === "violated");
  return {
    "c/text": text,
    "c/unit": unitText(each),
    "c/readings": readings.map(({ given }) => given.join(", ")).join("\n"),
    "c/statements": statementLines(reading.statements, unit).join("\n"),
    "c/flow": translation.plan.flow.nodes.map((node, at) => flowText(node, at, unit)).join("\n"),
    "c/plan": planText(translation.plan),
    "c/program": programLines(translation).join("\n"),
    "c/judged": [
      `${explored.states} states, ${explored.transitions} transitions, depth ${explored.depth}`,
      ...violated.map(({ property, run }) => `violated: ${property}, after ${run?.moves.length} moves`),
      ...exits.map((exit) => exitText(exit, translation.plan)),
    ].join("\n"),
    "c/finding": JSON.stringify(findings[0], undefined, 2),
    "c/report": (await runCli("check", FILE)).out,
  };
}

const unitText = ({ name, parameters, annotations, calls }: UnitFunction): string =>
  [
    `function ${name}, parameters ${parameters.join(", ")}`,
    `annotations: ${annotations.length}`,
    `calls: ${[...calls].join(", ")}`,
  ].join("\n");

function statementLines(statements: FunctionReading["statements"], unit: Unit): readonly string[] {
  return statements.flatMap((each) => {
    const line = "at" in each ? unit.lines.lineAt(each.at) : unit.lines.lineAt(each.end);
    const inner = each.kind === "if" ? blockOf(each.yes) : [];
    return [
      `${String(line).padStart(2)} ${each.kind}${kindsIn(each)}`,
      ...statementLines(inner, unit).map((text) => `   ${text}`),
    ];
  });
}

const blockOf = (statement: Stmt): readonly Stmt[] =>
  statement.kind === "block" ? statement.body : [statement];

/** The kinds of a statement's expressions, outermost first. */
function kindsIn(statement: Stmt): string {
  const own = "value" in statement ? statement.value : "test" in statement ? statement.test : undefined;
  const name = statement.kind === "declare" ? ` ${statement.name}` : "";
  return `${name}${own ? `: ${exprText(own)}` : ""}`;
}

function exprText(each: Expr): string {
  switch (each.kind) {
    case "name":
      return each.name;
    case "literal":
      return each.text;
    case "call":
      return `call(${[each.callee, ...each.args].map(exprText).join(", ")})`;
    case "member":
      return `member(${exprText(each.base)}, ${each.field})`;
    case "index":
      return `index(${exprText(each.base)}, ${exprText(each.index)})`;
    case "unary":
      return `unary(${each.operator} ${exprText(each.operand)})`;
    case "step":
      return `step(${each.operator} ${exprText(each.operand)})`;
    case "binary":
    case "assign":
      return `${each.kind}(${exprText(each.left)} ${each.operator} ${exprText(each.right)})`;
    default:
      return each.kind;
  }
}

function flowText({ action, at, next, otherwise }: FlowNode, index: number, unit: Unit): string {
  const to = [next, otherwise].filter((node) => node >= 0).map((node) => `n${node}`);
  const line = String(unit.lines.lineAt(at)).padStart(2);
  const about =
    action.kind === "call"
      ? ` ${action.name}`
      : action.kind === "assign"
        ? ` ${action.target}`
        : "text" in action
          ? ` ${action.text}`
          : "";
  return (
    `n${index}`.padEnd(4) +
    `line ${line}  ${action.kind}${about}${to.length > 0 ? ` -> ${to.join(", ")}` : ""}`
  );
}

const planText = ({ calls, kept, tracked, flow }: Plan): string =>
  [
    `locks: ${calls.keys.map(({ object, text }) => `${object} ${text}`).join(", ")}`,
    `facts: ${[...tracked.variables.keys(), ...tracked.conditions.keys()].join(", ")}`,
    `steps kept: ${kept.nodes.map((node) => `n${node}`).join(", ")}, of ${flow.nodes.length}`,
  ].join("\n");

const exitText = ({ returns, statuses }: Exit, { calls }: Plan): string =>
  `exit: returns ${returns}, ${calls.keys.map(({ text }, at) => `${text} ${statuses[at]}`).join(", ")}`;

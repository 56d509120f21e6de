import { indexOf } from "../../checker/interpret/model-index.ts";
import { showValue } from "../../model/ir/domain.ts";
import type { Model, Variable } from "../../model/ir/model.ts";
import { harmlessLines } from "../../model/printable.ts";
import type { GraphState, GraphStep, StateGraph } from "./state-graph.ts";

/** The graph in Graphviz' language: initial states bold, violations red, adverse outcomes dashed. */
export function toDot(model: Model, { states, steps }: StateGraph): string {
  return harmlessLines([
    `digraph ${quoted(model.name)} {`,
    '  node [shape=box, fontname="monospace", fontsize=9];',
    '  edge [fontname="monospace", fontsize=8];',
    ...states.map((each, number) => `  ${nodeLine(model, each, number)}`),
    ...steps.map((each, number) => `  ${edgeLine(each, number)}`),
    ...(steps.some(({ to }) => to === undefined) ? ['  end [label="margin", shape=plaintext];'] : []),
    "}",
    "",
  ]);
}

function nodeLine(model: Model, { state, initial, violated }: GraphState, number: number): string {
  const lines = [
    ...state.tasks.map(
      (task, at) => `task ${at + 1} at ${task.location}${told(model, "task", task.variables)}`,
    ),
    told(model, "shared", state.shared).trim(),
    ...violated.map((property) => `violates ${property}`),
  ];
  const style = [...(initial ? ["bold"] : []), ...(violated.length > 0 ? ["filled"] : [])];
  return `s${number} [label=${quoted(lines.filter(Boolean).join("\n"))}${styled(style, violated)}];`;
}

function edgeLine({ from, to, move, label, adverse, violated }: GraphStep, number: number): string {
  const text = [`${move.task}: ${label}`, ...violated.map((property) => `violates ${property}`)].join("\n");
  const target = to === undefined ? "end" : `s${to}`;
  return `s${from} -> ${target} [label=${quoted(text)}, id="e${number}"${styled(adverse ? ["dashed"] : [], violated)}];`;
}

function styled(style: readonly string[], violated: readonly string[]): string {
  const red = violated.length > 0 ? ', color=red, fontcolor=red, fillcolor="#ffeeee"' : "";
  return `${style.length > 0 ? `, style=${quoted(style.join(","))}` : ""}${red}`;
}

/** The variables whose values differ from their first initial ones: the rest would drown them. */
function told(model: Model, scope: Variable["scope"], values: GraphState["state"]["shared"]): string {
  const parts = model.variables
    .filter((each) => each.scope === scope)
    .flatMap((variable) => valuesOf(model, variable, values[variable.name] ?? 0));
  return parts.length === 0 ? "" : ` ${parts.join(" ")}`;
}

function valuesOf(
  model: Model,
  { name, domain, initial }: Variable,
  value: GraphState["state"]["shared"][string],
): readonly string[] {
  const usual = initial[0] ?? 0;
  if (typeof value === "number") return value === usual ? [] : [`${name}=${showValue(domain, value)}`];
  const first = indexOf(model).elements.get(name)?.min ?? 0;
  return value.flatMap((each, at) =>
    each === usual ? [] : [`${name}[${first + at}]=${showValue(domain, each)}`],
  );
}

/** In Graphviz' quotes; lines are set flush left. */
function quoted(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return `"${escaped.includes("\n") ? `${escaped.replaceAll("\n", "\\l")}\\l` : escaped}"`;
}

/** Draws Graphviz' language as SVG. */
export async function toSvg(dot: string): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  return viz.renderString(dot, { format: "svg" });
}

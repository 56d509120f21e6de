import { memberBounds, showValue } from "../../model/ir/domain.ts";
import { type Model, setsOf, type Variable } from "../../model/ir/model.ts";
import type { ExecutedStep } from "./execution.ts";
import type { Change } from "./trace.ts";

/** What a step changed, in values as people read them; where the task stands is told by its source line. */
export function changesOf(model: Model, { before, patches }: ExecutedStep): readonly Change[] {
  return patches.flatMap(({ path, value }) => {
    const [place, ...rest] = path;
    const [owner, , ...inTask] = rest;
    const [name, position] = place === "shared" ? rest : inTask;
    const variable = model.variables.find((each) => each.name === name);
    if (!variable) return [];
    const change = { variable: nameOf(model, variable, position), to: show(variable, value) };
    const from = show(variable, path.reduce<unknown>(child, before));
    return [{ ...change, from, ...(place === "tasks" && { task: Number(owner) + 1 }) }];
  });
}

const child = (parent: unknown, key: string | number): unknown =>
  (parent as Readonly<Record<string | number, unknown>>)[key];

const show = ({ domain }: Variable, value: unknown): string => showValue(domain, Number(value));

/** `position`, or `folio-lock.owner[folio 1]`. */
function nameOf(model: Model, { name, index }: Variable, position: string | number | undefined): string {
  if (!index || position === undefined) return name;
  const first = memberBounds(index, setsOf(model)).min;
  return `${name}[${showValue(index, first + Number(position))}]`;
}

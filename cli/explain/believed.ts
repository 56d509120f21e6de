import type { CallEffect } from "../../model/c/knowledge/index.ts";
import type { Operation } from "../../model/kernel/operation.ts";
import { operationText } from "../../model/kernel/operation-text.ts";
import type { Outcome, Primitive } from "../../model/kernel/primitive.ts";
import { needsOf } from "./needs.ts";

/** What is believed of a call, and on whose word. */
export function primitiveText(row: Primitive): string {
  const { name, kernel, outcomes, since, until } = row;
  const when = [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(", ");
  const operations = outcomes.flatMap(({ does }) => does);
  return lines(`${name}${when === "" ? "" : ` (${when})`}`, operations, outcomes.map(outcomeText), kernel);
}

/** What was inferred of a function from its own body. */
export function effectText({ name, outcomes, source }: CallEffect): string {
  const told = outcomes.map(({ name: outcome, does, taints }) => {
    const operations = does.map(({ operation, path }) =>
      operationText(path === undefined ? operation : ({ ...operation, path } as Operation)),
    );
    const unknown =
      taints === undefined ? [] : [`leaves ${taints === "all" ? "all locks" : taints.join(", ")} unknown`];
    return `${outcome}: ${[...operations, ...unknown].join(", ") || "nothing"}`;
  });
  const operations = outcomes.flatMap(({ does }) => does.map(({ operation }) => operation));
  return lines(name, operations, told, source);
}

function lines(
  head: string,
  operations: readonly Operation[],
  outcomes: readonly string[],
  source: string,
): string {
  const sleeps = operations.some(({ kind }) => kind === "may-sleep" || kind === "schedule");
  const needs = needsOf(operations).map((need) => `needs: ${need}`);
  const told = [...outcomes, ...needs, `sleeps: ${sleeps ? "it may" : "no"}`, `on the word of: ${source}`];
  return `${head}\n${told.map((line) => `  ${line}\n`).join("")}`;
}

function outcomeText({ name, weight, does, returns }: Outcome): string {
  const result = returns === "void" ? "" : `, returns ${returns}`;
  return `${name} (${weight === 0 ? "ordinary" : "adverse"}${result}): ${does.map(operationText).join(", ") || "nothing"}`;
}

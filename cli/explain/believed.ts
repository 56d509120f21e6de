import type { CallEffect } from "../../model/c/knowledge/index.ts";
import type { Operation } from "../../model/kernel/operation.ts";
import { lockText, operationText } from "../../model/kernel/operation-text.ts";
import type { Outcome, Primitive } from "../../model/kernel/primitive.ts";

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

function outcomeText({ name, weight, does, forgets = [], returns }: Outcome): string {
  const result = returns === "void" ? "" : `, returns ${returns}`;
  const told = [...does.map(operationText), ...forgets.map((each) => `leaves ${lockText(each)} unknown`)];
  return `${name} (${weight === 0 ? "ordinary" : "adverse"}${result}): ${told.join(", ") || "nothing"}`;
}

/** What a call of these operations needs, with the rule that looks after it. */
function needsOf(operations: readonly Operation[]): readonly string[] {
  const needs = operations.flatMap((each) => NEEDS.find(({ by }) => by(each))?.need ?? []);
  return [...new Set(needs)];
}

interface Need {
  readonly by: (operation: Operation) => boolean;
  readonly need: string;
}

const NEEDS: readonly Need[] = [
  {
    by: ({ kind }) => kind === "may-sleep" || kind === "schedule",
    need: "no spinning lock, RCU read section, mapped page table, disabled preemption or interrupts (no-sleep-in-atomic)",
  },
  {
    by: ({ kind, object }) => kind === "access" && object === "pte",
    need: "the page table mapped (pte-mapped), and its lock, where the function has taken it, not given up (ptl-held)",
  },
  { by: ({ kind }) => kind === "release", need: "the lock not released already (double-unlock)" },
  {
    by: ({ kind, object }) => kind === "leave" && object === "lazy-mmu",
    need: "lazy MMU mode on (lazy-mmu-balanced)",
  },
];

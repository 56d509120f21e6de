import type { Expression } from "./expression.ts";
import { constantText, expressionText } from "./expression-text.ts";
import type { Update } from "./model.ts";

/** An update; one that goes by the variable's own value alone as `untouched or released -> held, ...`. */
export function updateText({ variable, value }: Update): string {
  const cases = casesOf(variable, value);
  return cases ? `${variable}: ${cases.join(", ")}` : `${variable} = ${expressionText(value)}`;
}

/** Values that stay are left out. Undefined where the value depends on something else. */
function casesOf(variable: string, value: Expression): readonly string[] | undefined {
  if (value.kind === "variable" && value.name === variable) return [];
  if (value.kind !== "if" || value.yes.kind !== "constant") return undefined;
  const from = valuesAsked(variable, value.condition);
  const rest =
    value.no.kind === "constant" ? [`otherwise -> ${constantText(value.no)}`] : casesOf(variable, value.no);
  return from && rest && [`${from.join(" or ")} -> ${constantText(value.yes)}`, ...rest];
}

function valuesAsked(variable: string, condition: Expression): readonly string[] | undefined {
  if (condition.kind === "or") {
    const each = condition.operands.map((operand) => valuesAsked(variable, operand));
    return each.some((values) => values === undefined) ? undefined : each.flatMap((values) => values ?? []);
  }
  if (condition.kind !== "equal") return undefined;
  const { left, right } = condition;
  const asks = left.kind === "variable" && left.name === variable && right.kind === "constant";
  return asks ? [constantText(right)] : undefined;
}

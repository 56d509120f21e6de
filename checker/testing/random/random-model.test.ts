import fc from "fast-check";
import { expect, test } from "vitest";
import { rewrite } from "../../../model/ir/compose.ts";
import type { Expression } from "../../../model/ir/expression.ts";
import type { Model } from "../../../model/ir/model.ts";
import { validate } from "../../../model/ir/validate.ts";
import type { SearchResult } from "../../result.ts";
import { search } from "../../search/search.ts";
import { randomModels } from "./random-model.ts";

const KINDS: readonly Expression["kind"][] = [
  "constant",
  "variable",
  "element",
  "self",
  "bound",
  "not",
  "and",
  "or",
  "equal",
  "less",
  "add",
  "subtract",
  "if",
  "some",
  "all",
];

const models = fc.sample(randomModels(), { numRuns: 400, seed: 6_12 });

test("random models are valid", () => {
  expect(models.flatMap(validate)).toEqual([]);
});

test("random models use every kind of expression, identities, arrays and choices", () => {
  const kinds = new Set(models.flatMap(kindsIn));
  expect([...kinds].sort()).toEqual([...KINDS].sort());
  const transitions = models.flatMap(({ programs }) => programs.flatMap((each) => each.transitions));
  expect(transitions.some(({ choice }) => choice?.domain.kind === "id")).toBe(true);
  expect(transitions.some(({ weight }) => weight === 1)).toBe(true);
});

test("random models violate, deadlock and have many states often enough", () => {
  const searched = models.map((model) => ({
    violated: violatedIn(resultOf(withoutDeadlock(model))),
    full: resultOf(model, []),
  }));
  const share = (holds: (each: (typeof searched)[number]) => boolean) =>
    searched.filter(holds).length / searched.length;
  expect(share(({ violated }) => violated.some((name) => name !== DEADLOCK))).toBeGreaterThan(1 / 5);
  expect(share(({ violated }) => violated.includes(DEADLOCK))).toBeGreaterThan(1 / 10);
  expect(share(({ full }) => (full?.states ?? 0) > 100)).toBeGreaterThan(1 / 5);
  const faulty = share(({ full }) => full === undefined);
  expect(faulty).toBeGreaterThan(0);
  expect(faulty).toBeLessThan(1 / 5);
});

const DEADLOCK = "deadlock";

/** The model with a property that a deadlock violates. */
const withoutDeadlock = (model: Model): Model => ({
  ...model,
  invariants: [...model.invariants, { kind: "no-deadlock", property: DEADLOCK }],
});

const violatedIn = (result: SearchResult | undefined): readonly string[] =>
  (result?.properties ?? []).flatMap(({ property, verdict }) => (verdict === "violated" ? [property] : []));

/** Undefined where the model is wrong. */
function resultOf(model: Model, only?: readonly string[]): SearchResult | undefined {
  const result = search(model, { maxStates: 1000, backEnd: "table", ...(only && { only }) });
  return result.fault ? undefined : result;
}

function kindsIn({ programs, invariants }: Model): readonly string[] {
  const transitions = programs.flatMap((each) => each.transitions);
  const expressions = [
    ...transitions.flatMap(({ guard, updates }) => [
      ...(guard ? [guard] : []),
      ...updates.map(({ value }) => value),
    ]),
    ...invariants.flatMap((each) => ("condition" in each ? [each.condition] : [])),
  ];
  const kinds: string[] = [];
  for (const expression of expressions) {
    rewrite(expression, (part) => {
      kinds.push(part.kind);
      return part;
    });
  }
  return kinds;
}

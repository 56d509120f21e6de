import fc from "fast-check";
import { expect, test } from "vitest";
import { sequence } from "../../model/ir/compose.ts";
import { add, cond, constant, type Expression, equal, FALSE, less } from "../../model/ir/expression.ts";
import type { Model, Update } from "../../model/ir/model.ts";
import { samePlace } from "../../model/ir/same-place.ts";
import { initialStates } from "./initial-states.ts";
import type { State } from "./state.ts";
import { apply } from "./successors.ts";

const DOMAIN = { kind: "range", min: -999, max: 999 } as const;
const INDEX = { kind: "range", min: 0, max: 2 } as const;

const index: fc.Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: 0, max: 2 }).map((each) => constant(each)),
  fc.constantFrom("a", "b").map((name) => {
    const value: Expression = { kind: "variable", name };
    return cond(
      less(value, constant(1)),
      constant(0),
      cond(equal(value, constant(1)), constant(1), constant(2)),
    );
  }),
);
const place: fc.Arbitrary<Expression & { kind: "variable" | "element" }> = fc.oneof(
  fc.constantFrom("a", "b").map((name) => ({ kind: "variable" as const, name })),
  index.map((each) => ({ kind: "element" as const, name: "list", index: each })),
);
const value: fc.Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: -1, max: 3 }).map((each) => constant(each)),
  place,
  fc.tuple(place, place).map(([left, right]) => add(left, right)),
);
const update: fc.Arbitrary<Update> = fc.tuple(place, value).map(([target, to]) => ({
  variable: target.name,
  ...(target.kind === "element" && { index: target.index }),
  value: to,
}));

/** Updates that happen at once, so that no two of them write one place. */
const group: fc.Arbitrary<readonly Update[]> = fc
  .array(update, { maxLength: 2 })
  .filter(([one, other]) => !one || !other || samePlace(one, other) === FALSE);

test("composed updates do at once what their parts do one after another", () => {
  fc.assert(
    fc.property(fc.array(group, { maxLength: 4 }), (groups) => {
      expect(afterAll([sequence(groups)])).toEqual(afterAll(groups));
    }),
    { numRuns: 500 },
  );
});

function afterAll(groups: readonly (readonly Update[])[]): State["shared"] {
  const model = chain(groups);
  const start = initialStates(model)[0];
  if (!start) throw new Error("no initial state");
  return groups.reduce((state, _, transition) => {
    const step = apply(model, state, { task: 1, transition });
    if (step.kind !== "successor") throw new Error("the path ended");
    return step.state;
  }, start).shared;
}

/** One transition per group, each from one location to the next. */
function chain(groups: readonly (readonly Update[])[]): Model {
  const at = (position: number) => `at ${position}`;
  const scalar = (name: string, initial: number) =>
    ({ name, domain: DOMAIN, scope: "shared", initial: [initial] }) as const;
  return {
    name: "chain",
    sets: {},
    variables: [scalar("a", 1), scalar("b", 2), { ...scalar("list", 0), index: INDEX }],
    programs: [
      {
        name: "chain",
        start: at(0),
        locations: [...groups, []].map((_, position) => ({ name: at(position) })),
        transitions: groups.map((updates, position) => ({
          from: at(position),
          to: at(position + 1),
          label: `group ${position}`,
          updates,
          weight: 0,
        })),
      },
    ],
    tasks: [{ program: "chain", count: 1 }],
    invariants: [],
  };
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { TRUE } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { randomModels } from "../testing/random/random-model.ts";
import { featuresOf } from "./testing/features.ts";
import { randomProtocols } from "./testing/random-protocol.ts";
import { showsItsVerdict } from "./testing/replay.ts";
import { planOf, searchedBy, searchedInFull } from "./testing/searched.ts";

const { HOLDFAST_RANDOM_MODELS: wanted = "500" } = process.env;
/** Of the models, so many are protocols; the others use the whole language. */
const PROTOCOLS = Math.ceil(Number(wanted) * 0.6);
const OTHERS = Math.ceil(Number(wanted) * 0.4);
/** For each of the two: the nightly size takes hours on a slow machine. */
const MILLISECONDS = 900_000 + Number(wanted) * 1000;
/** States beyond which a model is left out: few are. */
const MOST = 20_000;

test(
  `reduced and full search agree on ${PROTOCOLS} random protocols`,
  () => {
    const seen = compareAll(randomProtocols(), PROTOCOLS);
    expect(seen.compared).toBeGreaterThan(PROTOCOLS * 0.9);
    expect(seen.fewer).toBeGreaterThan(PROTOCOLS * 0.3);
    expect(seen.violated).toBeGreaterThan(PROTOCOLS * 0.2);
    expect(seen.holding).toBeGreaterThanOrEqual(seen.compared * 0.3);
    for (const feature of ["shared ids", "trylocks", "cycles"] as const) {
      expect(seen.features.get(feature), feature).toBeGreaterThan(PROTOCOLS * 0.3);
    }
  },
  MILLISECONDS,
);

test(
  `reduced and full search agree on ${OTHERS} random models of the whole language`,
  () => {
    const seen = compareAll(randomModels(), OTHERS);
    expect(seen.fewer).toBeGreaterThan(OTHERS * 0.3);
    expect(seen.violated).toBeGreaterThan(OTHERS * 0.15);
    expect(seen.holding).toBeGreaterThanOrEqual(seen.compared * 0.3);
  },
  MILLISECONDS,
);

function compareAll(models: fc.Arbitrary<Model>, numRuns: number) {
  const seen = { compared: 0, fewer: 0, violated: 0, holding: 0, features: new Map<string, number>() };
  fc.assert(
    fc.property(models, (random) => {
      const model = neverSettled(random);
      for (const each of featuresOf(model)) seen.features.set(each, (seen.features.get(each) ?? 0) + 1);
      const full = searchedInFull(model, { maxStates: MOST, backEnd: "packed-js" });
      if (full.states >= MOST) return;
      const plan = planOf(model);
      if (!plan) return;
      const reduced = searchedBy(plan, model);
      expect(reduced.outcome).toEqual(full.outcome);
      for (const each of reduced.properties) if (each.run) expect(showsItsVerdict(model, each)).toBe(true);
      seen.compared++;
      const judged = Object.entries(reduced.outcome.verdicts).filter(
        ([property]) => property !== SETTLED_LAST,
      );
      if (reduced.states < full.states) seen.fewer++;
      if (Object.values(full.outcome.verdicts).includes("violated")) seen.violated++;
      if (judged.length > 0 && judged.every(([, verdict]) => verdict === "holds")) seen.holding++;
    }),
    { numRuns },
  );
  return seen;
}

const SETTLED_LAST = "true";

/** With a property that keeps the search going to its end, so that all it says can be compared. */
function neverSettled(model: Model): Model {
  const always = { kind: "always", property: SETTLED_LAST, condition: TRUE, message: "" } as const;
  return { ...model, invariants: [...model.invariants, always] };
}

import { expect, test } from "vitest";
import { not } from "../model/ir/expression.ts";
import { lower } from "../model/ir/lower.ts";
import type { Model } from "../model/ir/model.ts";
import { bool, local } from "../model/ir/place.ts";
import { call } from "../model/kernel/call.ts";
import { kernelState } from "../model/kernel/kernel-state.ts";
import { mapping, nesting, ownedLock } from "../model/kernel/resource.ts";
import { instrument } from "./instrument.ts";
import type { Property } from "./property.ts";

const kernel = kernelState(
  ownedLock("ptl"),
  mapping("pte-table"),
  nesting("preempt", { below: 1, above: 1 }),
  nesting("rcu", { below: 1, above: 1 }),
);
const { program } = lower("f", "f.c", [call(kernel, "pte_unmap_unlock")]);
const model: Model = {
  name: "unlock",
  sets: {},
  variables: kernel.variables,
  programs: [program],
  tasks: [{ program: "f", count: 2 }],
  invariants: [],
};
const property = (watch: Property["watch"]): Property => ({ name: "p", summary: "", kernel: "", watch });
const instrumented = (watch: Property["watch"]) => instrument(model, kernel.observe, [property(watch)]);

test("an event is judged in the state that the events before it leave", () => {
  const { programs } = instrumented((observe) => ({
    on: ({ kind, object }) =>
      kind === "leave" && object === "rcu"
        ? { require: [{ condition: not(observe.held("ptl")), message: "still locked" }] }
        : undefined,
  }));
  // The unlock comes first within the step, so that the owner is already none.
  expect(programs[0]?.transitions[0]?.assertions).toEqual([
    { property: "p", message: "still locked", condition: expect.objectContaining({ kind: "not" }) },
  ]);
  expect(JSON.stringify(programs[0]?.transitions[0]?.assertions)).not.toContain("ptl.owner");
});

test("observers become variables, and what they remember joins the step's updates", () => {
  const seen = local("p.seen", bool);
  const { variables, programs } = instrumented(() => ({
    observers: [seen.variable],
    on: ({ kind }) => (kind === "unmap" ? { remember: [seen.set(true)] } : undefined),
  }));
  expect(variables.map(({ name }) => name)).toContain("p.seen");
  const updates = programs[0]?.transitions[0]?.updates ?? [];
  expect(updates.slice(0, -1)).toEqual(model.programs[0]?.transitions[0]?.updates);
  expect(updates.at(-1)).toEqual(seen.set(true));
});

test("what must always hold is stated of every task, shared variables once", () => {
  const { invariants } = instrumented((observe) => ({
    always: { condition: observe.held("ptl"), message: "not held" },
  }));
  expect(invariants).toMatchObject([{ kind: "always", property: "p", condition: { kind: "all" } }]);
  const text = JSON.stringify(invariants);
  expect(text).not.toContain('"self"');
  expect(text).not.toContain('"of"');
});

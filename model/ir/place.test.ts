import { expect, test } from "vitest";
import { bool, idOf, local, oneOf, owner, range, self, shared, sharedArray } from "./place.ts";

test("literals are read in the domain of their place", () => {
  const state = shared("state", oneOf("free", "held"), "held");
  expect(state.variable.initial).toEqual([1]);
  expect(state.is("free")).toEqual({
    kind: "equal",
    left: { kind: "variable", name: "state" },
    right: { kind: "constant", value: 0, domain: state.domain },
  });
  expect(shared("flag", bool, true).variable.initial).toEqual([1]);
  expect(shared("lock", owner).variable.initial).toEqual([0]);
});

test("without an initial value a range starts at zero, or as near as it has", () => {
  expect(local("a", range(-2, 2)).variable.initial).toEqual([0]);
  expect(local("b", range(3, 5)).variable.initial).toEqual([3]);
  expect(local("c", range(-5, -3)).variable.initial).toEqual([-3]);
});

test("elements and other tasks' variables keep their index and task", () => {
  const lock = sharedArray("lock", idOf("folio"), owner);
  const folio = local("folio", idOf("folio"));
  expect(lock.at(folio).set(self)).toEqual({
    variable: "lock",
    index: folio.value,
    value: { kind: "self" },
  });
  expect(folio.of(self).value).toEqual({ kind: "variable", name: "folio", of: { kind: "self" } });
});

test("an unknown enum member is refused with the valid ones", () => {
  const state = shared("state", oneOf("free", "held"));
  expect(() => state.is("lost" as "held")).toThrow("(valid: free, held)");
});

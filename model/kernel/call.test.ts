import { expect, test } from "vitest";
import { lower } from "../ir/lower.ts";
import { call, returns } from "./call.ts";
import { kernelState } from "./kernel-state.ts";
import { mapping, nesting, ownedLock } from "./resource.ts";

const kernel = kernelState(
  ownedLock("ptl"),
  mapping("pte-table"),
  nesting("preempt", { below: 1, above: 1 }),
  nesting("rcu", { below: 1, above: 1 }),
);

test("a call is one step with an alternative per outcome of its row", () => {
  const { transitions } = lower("f", "f.c", [call(kernel, "pte_offset_map_lock"), returns()]).program;
  expect(transitions.map(({ label, weight }) => [label, weight])).toEqual([
    ["pte_offset_map_lock(); -> mapped", 0],
    ["pte_offset_map_lock(); -> gone", 1],
    ["return 0;", 0],
  ]);
});

test("its operations become the updates of the kernel objects that the scenario has", () => {
  const [mapped, gone] = lower("f", "f.c", [call(kernel, "pte_offset_map_lock")]).program.transitions;
  expect(mapped?.updates.map(({ variable }) => variable)).toEqual([
    "rcu.depth",
    "pte-table.mapped",
    "preempt.depth",
    "ptl.owner",
  ]);
  expect(mapped?.guard).toEqual(kernel.bind({ kind: "acquire", object: "ptl", mode: "exclusive" }).guard);
  expect(gone?.updates).toEqual([]);
});

test("only the outcomes that a scenario names are told apart; one alone is no decision", () => {
  const [only] = lower("f", "f.c", [call(kernel, "pte_offset_map_lock", { outcomes: ["mapped"] })]).program
    .transitions;
  expect(only?.label).toBe("pte_offset_map_lock();");
  expect(only?.decision).toBeUndefined();
});

test("an outcome that the row does not have is refused with the valid ones", () => {
  expect(() => call(kernel, "folio_trylock", { outcomes: ["maybe"] })).toThrow("(valid: locked, fails)");
});

import { bound } from "../../model/ir/expression.ts";
import { lower } from "../../model/ir/lower.ts";
import type { Model } from "../../model/ir/model.ts";
import { bool, idOf, local, range } from "../../model/ir/place.ts";
import { choose, continueLoop, loop, type Statement, when } from "../../model/ir/procedure.ts";
import { call, returns } from "../../model/kernel/call.ts";
import { kernelState } from "../../model/kernel/kernel-state.ts";
import { mapping, nesting, ownedLock } from "../../model/kernel/resource.ts";
import type { Scenario, ScenarioChoice, ScenarioModel } from "../../model/scenarios/scenario.ts";
import type { Property } from "../../properties/property.ts";

/** A walk in miniature that drops the ptl to split a folio: `bad` goes on without it where the split fails. */
export const splitWalk: Scenario = {
  id: "split-walk",
  summary: "a walk that drops the ptl to split a folio",
  versions: [
    { id: "bad", summary: "goes on unlocked after a failed split" },
    { id: "good", summary: "takes the lock again first" },
  ],
  parameters: [
    { name: "tasks", summary: "tasks", default: 1, min: 1, max: 3 },
    { name: "ptes", summary: "ptes", default: 2, min: 1, max: 6 },
    { name: "folios", summary: "folios", default: 1, min: 1, max: 4 },
  ],
  properties: ["ptl-held"],
  build,
};

export const ptlHeld: Property = {
  name: "ptl-held",
  summary: "ptes are touched under the ptl only",
  kernel: "mm/madvise.c",
  watch: (observe) => ({
    on: ({ kind }) =>
      kind === "access"
        ? { require: [{ condition: observe.held("ptl"), message: "a pte is read without the ptl" }] }
        : undefined,
  }),
};

function build({ version, parameters }: ScenarioChoice): ScenarioModel {
  const { tasks = 1, ptes = 2, folios = 1 } = parameters;
  const kernel = kernelState(
    ownedLock("ptl"),
    nesting("preempt", { below: ptes, above: 2 }),
    nesting("rcu", { below: ptes, above: 2 }),
    mapping("pte-table"),
  );
  const position = local("position", range(0, ptes));
  const folio = local("folio", idOf("folio"));
  const error = local("err", bool);
  const lock = call(kernel, "pte_offset_map_lock", { outcomes: ["mapped"] });
  const relock = version === "bad" ? [] : [lock];
  const body: readonly Statement[] = [
    choose(
      "ptent = ptep_get(pte);",
      { name: "none", updates: [folio.set("none")], events: [reads], decision: maps("none") },
      {
        name: "large",
        choice: { name: "which", domain: idOf("folio") },
        updates: [folio.set(bound("which"))],
        events: [reads],
        decision: maps("large"),
      },
    ),
    when("!folio", folio.is("none"), [continueLoop]),
    call(kernel, "pte_unmap_unlock"),
    call(kernel, "split_folio", {
      outcomes: ["succeeds", "fails"],
      on: { succeeds: { updates: [error.set(false)] }, fails: { updates: [error.set(true)] } },
    }),
    when("err", error.is(true), [...relock, continueLoop]),
    lock,
  ];
  const walk = [lock, loop("for (; addr < end;)", position.lessThan(ptes), [position.increment()], body)];
  const { program, listing } = lower("walk", "split-walk", [...walk, returns()]);
  const model: Model = {
    name: "split-walk",
    sets: { folio: folios },
    variables: [...kernel.variables, ...[position, folio, error].map(({ variable }) => variable)],
    programs: [program],
    tasks: [{ program: "walk", count: tasks }],
    invariants: [],
  };
  return { model, observe: kernel.observe, listing };
}

const reads = { kind: "access", object: "pte", updates: [] };
const maps = (alternative: string) => ({
  kind: "layout" as const,
  subject: "what the pte maps",
  alternative,
});

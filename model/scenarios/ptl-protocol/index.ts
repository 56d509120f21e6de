import { bound } from "../../ir/expression.ts";
import { lower } from "../../ir/lower.ts";
import type { Model } from "../../ir/model.ts";
import { idOf, local, oneOf, range } from "../../ir/place.ts";
import { kernelState } from "../../kernel/kernel-state.ts";
import { mapping, mode, nesting, ownedLock, readWriteLock, references } from "../../kernel/resource.ts";
import type { Scenario, ScenarioChoice, ScenarioModel } from "../scenario.ts";
import { protocol } from "./protocol.ts";

const FOLIO = idOf("folio");

/** Several tasks walk the same ptes, take turns at the ptl, and drop it to split a folio. */
export const ptlProtocol: Scenario = {
  id: "ptl-protocol",
  summary: "tasks that walk ptes under the ptl and drop it around split_folio: the benchmark's protocol",
  versions: [],
  parameters: [
    { name: "tasks", summary: "tasks that run the walk", default: 3, min: 1, max: 8 },
    { name: "ptes", summary: "ptes that each task walks", default: 2, min: 1, max: 8 },
    { name: "folios", summary: "folios that a pte may map", default: 2, min: 1, max: 8 },
  ],
  properties: [
    "ptl-held",
    "pte-mapped",
    "rcu-balanced",
    "preempt-balanced",
    "lazy-mmu-balanced",
    "no-sleep-in-atomic",
    "folio-lock-balanced",
    "folio-refs-balanced",
    "no-deadlock",
  ],
  build,
};

function build({ parameters: { tasks = 3, ptes = 2, folios = 2 } }: ScenarioChoice): ScenarioModel {
  const kernel = kernelState(
    readWriteLock("mmap_lock", tasks, { writers: false }),
    ownedLock("ptl"),
    ownedLock("folio-lock", FOLIO),
    references("folio", { below: 1, above: 1 }),
    nesting("preempt", { below: 1, above: 2 }),
    nesting("rcu", { below: 1, above: 2 }),
    mode("lazy-mmu"),
    mapping("pte-table"),
  );
  const walk = {
    ptes,
    position: local("position", range(0, ptes)),
    folio: local("folio", FOLIO),
    error: local("error", oneOf("none", "split-failed", "table-gone")),
    picked: { name: "picked", domain: FOLIO },
    pick: bound("picked"),
  };
  const { program, listing } = lower("walk", "ptl-protocol", protocol(kernel, walk));
  const model: Model = {
    name: "ptl-protocol",
    sets: { folio: folios },
    variables: [
      ...kernel.variables,
      ...[walk.position, walk.folio, walk.error].map(({ variable }) => variable),
    ],
    programs: [program],
    tasks: [{ program: "walk", count: tasks }],
    invariants: [],
  };
  return { model, observe: kernel.observe, listing };
}

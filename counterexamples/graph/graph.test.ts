import { expect, test } from "vitest";
import { InputError } from "../../model/input-error.ts";
import { FALSE } from "../../model/ir/expression.ts";
import { scenarioSubject } from "../subject.ts";
import { combinationLock } from "../testing/combination-lock.ts";
import { ptlHeld, splitWalk } from "../testing/split-walk.ts";
import { toDot, toSvg } from "./dot.ts";
import { stateGraph } from "./state-graph.ts";

const lock = combinationLock(2, 2);

test("every reachable state and step is there, violations marked", () => {
  const { states, steps } = stateGraph(lock);
  expect(states.map(({ state, initial }) => [state.tasks[0]?.location, initial])).toEqual([
    ["room 0", true],
    ["room 1", false],
    ["room 2", false],
  ]);
  expect(steps.map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 2],
    [2, 0],
  ]);
  expect(steps.flatMap(({ violated }) => violated)).toEqual(["vault-shut"]);
});

test("a state that fails an invariant, or in which nothing can go on, is marked", () => {
  const invariants = [
    {
      kind: "location",
      property: "not-there",
      message: "",
      program: "burglar",
      location: "room 1",
      condition: FALSE,
    },
    { kind: "no-deadlock", property: "goes-on" },
  ] as const;
  const [program] = lock.programs;
  if (!program) throw new Error("no program");
  const shut = { ...program, transitions: program.transitions.filter(({ from }) => from !== "room 2") };
  const { states } = stateGraph({ ...lock, programs: [shut], invariants });
  expect(states.map(({ violated }) => violated)).toEqual([[], ["not-there"], ["goes-on"]]);
});

test("Graphviz' language names states by what differs from the start", () => {
  const choice = { version: "bad", parameters: { tasks: 1, ptes: 2, folios: 1 } };
  const model = scenarioSubject(splitWalk, choice, [ptlHeld]).judgedBy(["ptl-held"]);
  const dot = toDot(model, stateGraph(model));
  expect(dot).toContain('s0 [label="task 1 at L1", style="bold"];');
  expect(dot).toContain("rcu.depth=1");
  expect(dot).toMatch(/-> fails", id="e\d+", style="dashed"\]/);
  expect(dot).toMatch(/violates ptl-held\\l", id="e\d+", color=red/);
});

test("Graphviz draws it, quotes and all", async () => {
  const [program] = lock.programs;
  if (!program) throw new Error("no program");
  const transitions = program.transitions.map((each) => ({ ...each, label: `say "${each.label}"\n\\` }));
  const svg = await toSvg(toDot({ ...lock, programs: [{ ...program, transitions }] }, stateGraph(lock)));
  expect(svg).toContain("<svg");
  expect(svg.match(/class="node"/g)).toHaveLength(3);
  expect(svg.match(/class="edge"/g)).toHaveLength(5);
  expect(svg).toContain('stroke="red"');
});

test("a model too large to draw is refused with its size", () => {
  const choice = { version: "bad", parameters: { tasks: 3, ptes: 6, folios: 4 } };
  const model = scenarioSubject(splitWalk, choice, [ptlHeld]).judgedBy(["ptl-held"]);
  expect(() => stateGraph(model)).toThrow(InputError);
  expect(() => stateGraph(model)).toThrow("split-walk has more than 300 states");
});

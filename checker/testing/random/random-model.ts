import type fc from "fast-check";
import type { Invariant, Location, Model, Program, Transition, Weight } from "../../../model/ir/model.ts";
import { type Draw, drawn } from "./draw.ts";
import { randomCondition } from "./random-expression.ts";
import { randomSteps, type Step } from "./random-steps.ts";
import { randomVariables } from "./vocabulary.ts";

/** Small valid models that use all of the language, locks and identities above all. */
export function randomModels(): fc.Arbitrary<Model> {
  return drawn(randomModel);
}

function randomModel(draw: Draw): Model {
  const programs = draw.list(1, 2, (position) => randomProgram(draw, `program${position}`));
  const tasks = programs.map(({ name }, position) => ({
    program: name,
    count: position === 0 ? draw.pick([1, 2, 2, 2, 3]) : 1,
  }));
  const property = (name: string) => ({ property: name, message: `${name} fails` });
  const global = { acting: false, items: [], tasks: [], depth: 3 };
  const candidates: readonly (() => Invariant)[] = [
    () => ({ kind: "no-deadlock", property: "no-deadlock" }),
    () => ({ kind: "always", ...property("always"), condition: rarelyFalse(draw, global) }),
    () => ({ kind: "sometimes", ...property("sometimes"), condition: randomCondition(draw, global) }),
    () => locationInvariant(draw, programs),
  ];
  return {
    name: "random",
    sets: { item: draw.pick([1, 2, 2, 3]) },
    variables: randomVariables(draw),
    programs,
    tasks,
    invariants: candidates.flatMap((make) => (draw.chance(45) ? [make()] : [])),
  };
}

function rarelyFalse(draw: Draw, names: Parameters<typeof randomCondition>[1]) {
  const parts = [randomCondition(draw, names), randomCondition(draw, names), randomCondition(draw, names)];
  return { kind: "or" as const, operands: parts };
}

function locationInvariant(draw: Draw, programs: readonly Program[]): Invariant {
  const program = draw.pick(programs);
  const names = { acting: true, items: [], tasks: [], depth: 2 };
  return {
    kind: "location",
    property: draw.pick(["location", "assertion"]),
    message: "location fails",
    program: program.name,
    location: draw.pick(program.locations).name,
    condition: rarelyFalse(draw, names),
  };
}

function randomProgram(draw: Draw, name: string): Program {
  const count = 4 + draw.below(3);
  const locations = Array.from(
    { length: count },
    (_, position): Location => ({ name: `at${position}`, ...(draw.chance(15) && { end: true }) }),
  );
  const transitions = locations.flatMap((_, position) => transitionsFrom(draw, position, count));
  return { name, start: "at0", locations, transitions };
}

function transitionsFrom(draw: Draw, from: number, count: number): readonly Transition[] {
  if (draw.chance(1)) return [];
  const steps = draw.chance(40) ? [...randomSteps(draw), ...randomSteps(draw)] : randomSteps(draw);
  return steps.map((step) => {
    const to = draw.chance(75) ? (from + 1) % count : draw.below(count);
    return transitionOf(draw, step, `at${from}`, `at${to}`);
  });
}

function transitionOf(draw: Draw, { fails, ...step }: Step, from: string, to: string): Transition {
  const weight: Weight = fails || draw.chance(10) ? 1 : 0;
  const names = { acting: true, items: [], tasks: [], depth: 2 };
  const assertion = () => ({
    property: "assertion",
    message: `assertion fails at ${step.label}`,
    condition: rarelyFalse(draw, names),
  });
  return { ...step, from, to, weight, ...(draw.chance(8) && { assertions: [assertion()] }) };
}

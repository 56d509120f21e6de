import type fc from "fast-check";
import type { Expression } from "../../../model/ir/expression.ts";
import type { Invariant, Location, Model, Program, Transition, Weight } from "../../../model/ir/model.ts";
import { type Draw, drawn } from "./draw.ts";
import { type Names, randomCondition } from "./random-expression.ts";
import { randomSteps, type Step } from "./random-steps.ts";
import { randomVariables } from "./vocabulary.ts";

/** Small valid models that use all of the language, locks and identities above all. */
export function randomModels(): fc.Arbitrary<Model> {
  return drawn(randomModel);
}

/** How a model turns out: wild ones grow large and violate most of what they are judged by, calm ones seldom. */
interface Temper {
  readonly programs: number;
  readonly tasks: readonly number[];
  /** Fewest locations of a program. */
  readonly locations: number;
  /** Conditions of which one at least must hold wherever a property is judged. */
  readonly ways: number;
  /** Percent of the models that demand an end, or a witness. */
  readonly strict: number;
}

const WILD: Temper = { programs: 2, tasks: [1, 2, 2, 2, 3], locations: 4, ways: 3, strict: 45 };
const CALM: Temper = { programs: 1, tasks: [1, 1, 2], locations: 3, ways: 10, strict: 15 };

function randomModel(draw: Draw): Model {
  const temper = draw.chance(65) ? CALM : WILD;
  const programs = draw.list(1, temper.programs, (position) =>
    randomProgram(draw, `program${position}`, temper),
  );
  const tasks = programs.map(({ name }, position) => ({
    program: name,
    count: position === 0 ? draw.pick(temper.tasks) : 1,
  }));
  const property = (name: string) => ({ property: name, message: `${name} fails` });
  const global = { acting: false, items: [], tasks: [], depth: 3 };
  const strict: readonly (() => Invariant)[] = [
    () => ({ kind: "no-deadlock", property: "no-deadlock" }),
    () => ({ kind: "sometimes", ...property("sometimes"), condition: randomCondition(draw, global) }),
  ];
  const always = (): Invariant => ({
    kind: "always",
    ...property("always"),
    condition: rarelyFalse(draw, global, temper),
  });
  const safety = [always, () => locationInvariant(draw, programs, temper)];
  return {
    name: "random",
    sets: { item: draw.pick([1, 2, 2, 3]) },
    variables: randomVariables(draw),
    programs,
    tasks,
    invariants: [
      ...strict.flatMap((make) => (draw.chance(temper.strict) ? [make()] : [])),
      ...safety.flatMap((make) => (draw.chance(60) ? [make()] : [])),
    ],
  };
}

function rarelyFalse(draw: Draw, names: Names, { ways }: Temper): Expression {
  return { kind: "or", operands: draw.list(ways, ways, () => randomCondition(draw, names)) };
}

function locationInvariant(draw: Draw, programs: readonly Program[], temper: Temper): Invariant {
  const program = draw.pick(programs);
  const names = { acting: true, items: [], tasks: [], depth: 2 };
  return {
    kind: "location",
    property: draw.pick(["location", "assertion"]),
    message: "location fails",
    program: program.name,
    location: draw.pick(program.locations).name,
    condition: rarelyFalse(draw, names, temper),
  };
}

function randomProgram(draw: Draw, name: string, temper: Temper): Program {
  const count = temper.locations + draw.below(3);
  const locations = Array.from(
    { length: count },
    (_, position): Location => ({ name: `at${position}`, ...(draw.chance(15) && { end: true }) }),
  );
  const transitions = locations.flatMap((_, position) => transitionsFrom(draw, position, count, temper));
  return { name, start: "at0", locations, transitions };
}

function transitionsFrom(draw: Draw, from: number, count: number, temper: Temper): readonly Transition[] {
  if (draw.chance(1)) return [];
  const steps = draw.chance(40) ? [...randomSteps(draw), ...randomSteps(draw)] : randomSteps(draw);
  return steps.map((step) => {
    const to = draw.chance(75) ? (from + 1) % count : draw.below(count);
    return transitionOf(draw, step, { from: `at${from}`, to: `at${to}` }, temper);
  });
}

function transitionOf(
  draw: Draw,
  { fails, ...step }: Step,
  way: Pick<Transition, "from" | "to">,
  temper: Temper,
): Transition {
  const weight: Weight = fails || draw.chance(10) ? 1 : 0;
  const names = { acting: true, items: [], tasks: [], depth: 2 };
  const assertion = () => ({
    property: "assertion",
    message: `assertion fails at ${step.label}`,
    condition: rarelyFalse(draw, names, temper),
  });
  return { ...step, ...way, weight, ...(draw.chance(8) && { assertions: [assertion()] }) };
}

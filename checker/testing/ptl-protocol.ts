import { and, constant, equal, not, SELF } from "../../model/ir/expression.ts";
import type { Location, Model, Transition, Update, Variable } from "../../model/ir/model.ts";
import { bool, idOf, local, owner, range, shared, sharedArray } from "../../model/ir/place.ts";

export interface PtlParameters {
  readonly tasks: number;
  readonly ptes: number;
  readonly folios: number;
}

/** The benchmark's protocol written straight in the language, transition for transition as its Murphi text. */
export function ptlProtocol({ tasks, ptes, folios }: PtlParameters): Model {
  const folio = idOf("folio");
  const readers = shared("readers", range(0, tasks));
  const ptl = shared("ptl", owner);
  const own = sharedArray("own", folio, owner);
  const ref = sharedArray("ref", folio, range(1, tasks + 1), 1);
  const i = local("i", range(0, ptes));
  const f = local("f", folio);
  const preempt = local("preempt", range(0, 2));
  const rcu = local("rcu", range(0, 2));
  const lazy = local("lazy", bool);
  const holdsMmap = local("holdsMmap", bool);
  const holdsPtl = local("holdsPtl", bool);
  const holdsFolio = local("holdsFolio", bool);
  const err = local("err", range(0, 2));

  const held = ptl.is(SELF);
  const folioHeld = own.at(f).is(SELF);
  const take = [ptl.set(SELF), preempt.increment(), rcu.increment(), holdsPtl.set(true)];
  const drop = [ptl.set("none"), preempt.decrement(), rcu.decrement(), holdsPtl.set(false)];
  const free = and(equal(preempt.value, constant(0)), equal(rcu.value, constant(0)), lazy.is(false));

  const rows: readonly Row[] = [
    ["mmap_read_lock", 0, 1, [readers.increment(), holdsMmap.set(true)]],
    ["ptl_lock", 1, 2, take, { guard: ptl.is("none") }],
    ["lazy_enter", 2, 3, [lazy.set(true)], { asserts: [held] }],
    ["loop_end", 3, 13, [], { guard: i.is(ptes), asserts: [held] }],
    ["skip", 3, 3, [i.increment()], { guard: i.lessThan(ptes), asserts: [held] }],
    [
      "pick",
      3,
      4,
      [f.set({ kind: "bound", name: "x" })],
      { guard: i.lessThan(ptes), asserts: [held], pick: true },
    ],
    [
      "trylock_ok",
      4,
      5,
      [own.at(f).set(SELF), holdsFolio.set(true)],
      { guard: own.at(f).is("none"), asserts: [held] },
    ],
    [
      "trylock_fail",
      4,
      3,
      [i.increment(), f.set("none")],
      { guard: not(own.at(f).is("none")), asserts: [held], adverse: true },
    ],
    ["folio_get", 5, 6, [ref.at(f).increment()], { asserts: [held, folioHeld] }],
    ["lazy_leave", 6, 7, [lazy.set(false)], { asserts: [held, folioHeld] }],
    ["ptl_unlock", 7, 8, drop, { asserts: [held, folioHeld] }],
    ["split_ok", 8, 9, [err.set(0)], { asserts: [preempt.is(0), folioHeld] }],
    ["split_fail", 8, 9, [err.set(1)], { asserts: [preempt.is(0), folioHeld], adverse: true }],
    ["folio_unlock", 9, 10, [own.at(f).set("none"), holdsFolio.set(false)], { asserts: [folioHeld] }],
    ["folio_put", 10, 11, [ref.at(f).decrement(), f.set("none")]],
    ["retake_fail", 11, 15, [err.set(2)], { adverse: true }],
    ["retake_ok", 11, 12, take, { guard: ptl.is("none") }],
    ["lazy_enter2", 12, 3, [lazy.set(true), i.increment()], { asserts: [held] }],
    ["lazy_leave2", 13, 14, [lazy.set(false)], { asserts: [held] }],
    ["ptl_unlock2", 14, 15, drop, { asserts: [held] }],
    ["mmap_read_unlock", 15, 16, [readers.decrement(), holdsMmap.set(false)]],
    ["restart", 16, 0, [i.set(0), err.set(0)], { asserts: [free] }],
  ];
  const program = {
    name: "task",
    start: "0",
    locations: Array.from({ length: 17 }, (_, name): Location => ({ name: String(name) })),
    transitions: rows.map(transitionOf),
  };
  return {
    name: "ptl-protocol",
    sets: { folio: folios },
    variables: [readers, ptl, own, ref, i, f, preempt, rcu, lazy, holdsMmap, holdsPtl, holdsFolio, err].map(
      ({ variable }) => variable,
    ),
    programs: [program],
    tasks: [{ program: "task", count: tasks }],
    invariants: [{ kind: "no-deadlock", property: "no-deadlock" }],
  };
}

type Row = readonly [
  label: string,
  from: number,
  to: number,
  updates: readonly Update[],
  more?: {
    readonly guard?: Transition["guard"] & object;
    readonly asserts?: readonly (Transition["guard"] & object)[];
    readonly adverse?: boolean;
    readonly pick?: boolean;
  },
];

function transitionOf([label, from, to, updates, more = {}]: Row): Transition {
  const { guard, asserts = [], adverse = false, pick = false } = more;
  return {
    label,
    from: String(from),
    to: String(to),
    updates,
    weight: adverse ? 1 : 0,
    ...(guard && { guard }),
    ...(pick && { choice: { name: "x", domain: idOf("folio") } }),
    assertions: asserts.map((condition) => ({
      property: "protocol",
      condition,
      message: `wrong at ${label}`,
    })),
  };
}

/** The protocol with one planted bug: the ptl is dropped without leaving preempt. */
export function brokenPtlProtocol(parameters: PtlParameters): Model {
  const model = ptlProtocol(parameters);
  const spoil = (each: Transition): Transition =>
    each.label === "ptl_unlock"
      ? { ...each, updates: each.updates.filter(({ variable }) => variable !== "preempt") }
      : each;
  const margin = (each: Variable): Variable =>
    each.name === "preempt" ? { ...each, domain: range(0, 2, "end-path") } : each;
  return {
    ...model,
    variables: model.variables.map(margin),
    programs: model.programs.map((each) => ({ ...each, transitions: each.transitions.map(spoil) })),
  };
}

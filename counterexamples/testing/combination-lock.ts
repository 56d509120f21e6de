import { FALSE } from "../../model/ir/expression.ts";
import type { Model, Transition } from "../../model/ir/model.ts";

/** A violation behind so many rooms, each with doors of which one leads on and the others to the first room. */
export function combinationLock(rooms: number, doors: number): Model {
  const transitions = Array.from({ length: rooms }, (_, room) =>
    Array.from({ length: doors }, (_, door) => doorOf(room, door, (room * 2 + 1) % doors)),
  ).flat();
  const open: Transition = {
    from: `room ${rooms}`,
    to: "room 0",
    label: "open the vault",
    updates: [],
    weight: 0,
    assertions: [{ property: "vault-shut", condition: FALSE, message: "the vault is open" }],
  };
  return {
    name: "combination-lock",
    sets: {},
    variables: [],
    programs: [
      {
        name: "burglar",
        start: "room 0",
        locations: Array.from({ length: rooms + 1 }, (_, room) => ({ name: `room ${room}` })),
        transitions: [...transitions, open],
      },
    ],
    tasks: [{ program: "burglar", count: 1 }],
    invariants: [],
  };
}

function doorOf(room: number, door: number, right: number): Transition {
  const to = door === right ? room + 1 : 0;
  return {
    from: `room ${room}`,
    to: `room ${to}`,
    label: `room ${room} door ${door}`,
    updates: [],
    weight: 0,
  };
}

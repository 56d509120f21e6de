/**
 * A ticket lock: whoever comes takes the next number and waits until it is called.
 *
 *     npx holdfast explore examples/ticket-lock.ts
 *     npx holdfast explore examples/ticket-lock.ts --version torn --tasks 3
 */
import {
  choose,
  cond,
  constant,
  type Expression,
  goto,
  kernelState,
  label,
  less,
  local,
  lower,
  range,
  type Scenario,
  type Statement,
  shared,
  step,
} from "holdfast";

function protocol(tasks: number, torn: boolean) {
  const number = range(0, tasks - 1);
  const next = shared("next", number);
  const owner = shared("owner", number);
  const ticket = local("ticket", number);
  const inside = shared("inside", range(0, tasks));
  const successor = (of: typeof next): Expression =>
    cond(less(of.value, constant(tasks - 1)), of.plus(1), constant(0));
  const read = ticket.set(next);
  const advance = next.set(successor(next));
  const take: readonly Statement[] = torn
    ? [step("ticket = next;", read), step("next = ticket + 1;", next.set(successor(ticket)))]
    : [step("ticket = fetch_add(&next, 1);", read, advance)];
  const body: readonly Statement[] = [
    label("again"),
    ...take,
    choose("while (owner != ticket) cpu_relax();", {
      guard: owner.is(ticket),
      updates: [inside.increment()],
    }),
    step("owner++;", inside.decrement(), owner.set(successor(owner))),
    goto("again"),
  ];
  return { variables: [next, owner, ticket, inside].map((each) => each.variable), body, inside };
}

const ticketLock: Scenario = {
  id: "ticket-lock",
  summary: "tasks take numbers and enter in their order",
  versions: [
    { id: "torn", summary: "the number is read and advanced in two steps" },
    { id: "atomic", summary: "the number is taken in one step" },
  ],
  parameters: [{ name: "tasks", summary: "tasks that want the lock", default: 2, min: 1, max: 4 }],
  properties: [],
  build({ version, parameters: { tasks = 2 } }) {
    const { variables, body, inside } = protocol(tasks, version === "torn");
    const { program, listing } = lower("enter", "ticket-lock", body);
    const model = {
      name: "ticket-lock",
      sets: {},
      variables,
      programs: [program],
      tasks: [{ program: "enter", count: tasks }],
      invariants: [
        {
          kind: "always" as const,
          property: "mutual-exclusion",
          condition: inside.lessThan(2),
          message: "two tasks are inside at once",
        },
        { kind: "no-deadlock" as const, property: "no-deadlock" },
      ],
    };
    return { model, observe: kernelState().observe, listing };
  },
};

export default ticketLock;

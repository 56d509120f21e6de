/**
 * A sequence lock: the reader retries where the count was odd or has moved, so that it never
 * believes half of a write.
 *
 *     npx holdfast explore examples/seqlock.ts
 *     npx holdfast explore examples/seqlock.ts --version no-recheck
 */
import {
  all,
  bool,
  choose,
  equal,
  goto,
  implies,
  kernelState,
  label,
  local,
  loop,
  lower,
  not,
  or,
  range,
  type Scenario,
  type Statement,
  shared,
  some,
  step,
} from "holdfast";

const TASKS = { kind: "id", set: "task" } as const;

function protocol(writes: number) {
  const sequence = shared("sequence", range(0, 2 * writes));
  const left = shared("left", range(0, writes), 0);
  const right = shared("right", range(0, writes), 0);
  const writing = shared("writing", bool);
  const start = local("start", range(0, 2 * writes));
  const seenLeft = local("seen-left", range(0, writes));
  const seenRight = local("seen-right", range(0, writes));
  const believes = local("believes", bool);
  return { sequence, left, right, writing, start, seenLeft, seenRight, believes };
}

type Protocol = ReturnType<typeof protocol>;

function writer({ sequence, left, right, writing }: Protocol, writes: number): readonly Statement[] {
  return [
    loop(
      "while (more to write)",
      left.lessThan(writes),
      [],
      [
        step("seq++;", sequence.increment(), writing.set(true)),
        step("left++;", left.increment()),
        step("right++;", right.increment()),
        step("seq++;", sequence.increment(), writing.set(false)),
      ],
    ),
  ];
}

function reader(of: Protocol, recheck: boolean): readonly Statement[] {
  const { sequence, left, right, writing, start, seenLeft, seenRight, believes } = of;
  const same = sequence.is(start);
  return [
    label("retry"),
    choose("start = read_seqbegin(&seq);", { guard: writing.is(false), updates: [start.set(sequence)] }),
    step("l = left;", seenLeft.set(left)),
    step("r = right;", seenRight.set(right)),
    choose(
      "while (read_seqretry(&seq, start));",
      { name: "done", guard: recheck ? same : or(same, not(same)), updates: [believes.set(true)] },
      ...(recheck ? [{ name: "retry", guard: not(same), updates: [], follow: [goto("retry")] }] : []),
    ),
  ];
}

const seqlock: Scenario = {
  id: "seqlock",
  summary: "readers of two values that one writer changes together",
  versions: [
    { id: "no-recheck", summary: "the reader does not look at the count again" },
    { id: "recheck", summary: "the reader retries where the count has moved" },
  ],
  parameters: [
    { name: "readers", summary: "tasks that read", default: 1, min: 1, max: 3 },
    { name: "writes", summary: "how often the values change", default: 2, min: 1, max: 4 },
  ],
  properties: [],
  build({ version, parameters: { readers = 1, writes = 2 } }) {
    const of = protocol(writes);
    const { seenLeft, seenRight, believes } = of;
    const write = lower("write", "seqlock", writer(of, writes));
    const read = lower("read", "seqlock", reader(of, version !== "no-recheck"), write.listing);
    const model = {
      name: "seqlock",
      sets: {},
      variables: Object.values(of).map((each) => each.variable),
      programs: [write.program, read.program],
      tasks: [
        { program: "write", count: 1 },
        { program: "read", count: readers },
      ],
      invariants: [
        {
          kind: "always" as const,
          property: "no-torn-read",
          condition: all("reader", TASKS, (task) =>
            implies(believes.of(task).value, equal(seenLeft.of(task).value, seenRight.of(task).value)),
          ),
          message: "a reader believes half of a write",
        },
        {
          kind: "sometimes" as const,
          property: "read-succeeds",
          condition: some("reader", TASKS, (task) => believes.of(task).value),
          message: "no read ever succeeds",
        },
        { kind: "no-deadlock" as const, property: "no-deadlock" },
      ],
    };
    return { model, observe: kernelState().observe, listing: read.listing };
  },
};

export default seqlock;

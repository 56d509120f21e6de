import { expect, test } from "vitest";
import { constant, less } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { range, shared } from "../../model/ir/place.ts";
import { shrinkByReplay } from "./by-replay.ts";

const STEPS = 10_000;
/** In seconds, of the many minutes that it takes to try all that is simpler. */
const MOST_CPU = 10;

/** Counts up to what is wrong; a step that idles can be left out, any other cannot. */
function counting(): Model {
  const counter = shared("n", range(0, STEPS));
  const step = (label: string, updates: Model["programs"][number]["transitions"][number]["updates"]) => ({
    ...{ from: "here", to: "here", label, updates, weight: 0 as const },
    guard: less(counter.value, constant(STEPS)),
  });
  const transitions = [step("n++", [counter.increment()]), step("idle", [])];
  return {
    ...{ name: "counting", sets: {}, variables: [counter.variable] },
    programs: [{ name: "count", start: "here", locations: [{ name: "here", end: true }], transitions }],
    tasks: [{ program: "count", count: 1 }],
    invariants: [
      {
        ...{ kind: "always", property: "few", message: "too many" },
        condition: less(counter.value, constant(STEPS)),
      },
    ],
  };
}

const intent = (transition: number) => ({ task: 1, transition, label: transition === 0 ? "n++" : "idle" });

test("a run of very many steps is left as it is once as much was tried as one waits for", () => {
  const script = { initial: 0, intents: Array.from({ length: STEPS }, () => intent(0)) };
  const start = process.cpuUsage();
  expect(shrinkByReplay(counting(), "few", script, STEPS * 20)?.moves).toHaveLength(STEPS);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(MOST_CPU);
});

test("what was left out until then stays out", () => {
  const script = {
    initial: 0,
    intents: Array.from({ length: STEPS * 2 }, (_, at) => intent(at < STEPS ? 1 : 0)),
  };
  expect(shrinkByReplay(counting(), "few", script, STEPS * 40)?.moves).toHaveLength(STEPS);
});

import { describe, expect, test } from "vitest";
import { lower } from "../../model/ir/lower.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Statement } from "../../model/ir/procedure.ts";
import { call } from "../../model/kernel/call.ts";
import { kernelState } from "../../model/kernel/kernel-state.ts";
import { nesting, ownedLock } from "../../model/kernel/resource.ts";
import { modelSubject } from "../subject.ts";
import { smallestTrace } from "../testing/cell.ts";
import { execute } from "../trace/execution.ts";
import type { Prediction } from "./kernel-log.ts";
import { predict } from "./predict.ts";
import { differenceText } from "./text.ts";
import { renderLockdep } from "./view.ts";

const around = { below: 4, above: 4 };
const kernel = kernelState(
  ownedLock("spinlock"),
  ownedLock("mutex"),
  ownedLock("folio-lock"),
  nesting("preempt", around),
  nesting("rcu", around),
);

/** What is predicted of a task that makes these calls, one after another, each in its ordinary way. */
function predicted(calls: readonly string[], debugPreempt = false): readonly Prediction[] {
  const body: readonly Statement[] = calls.map((name) => call(kernel, name));
  const { program } = lower("f", "f.c", body);
  const model: Model = {
    name: "calls",
    sets: {},
    variables: kernel.variables,
    programs: [program],
    tasks: [{ program: "f", count: 1 }],
    invariants: [],
  };
  const moves = calls.map((_, line) => {
    const transition = program.transitions.findIndex(({ source }) => source?.line === line + 1);
    return { task: 1, transition };
  });
  return predict(model, kernel.observe, execute(model, { initial: 0, moves }), { debugPreempt });
}

const ids = (predictions: readonly Prediction[]) =>
  predictions.filter(({ silenced }) => !silenced).map(({ report }) => report.id);

describe("reports", () => {
  test("none for calls that are in order", () => {
    expect(predicted(["rcu_read_lock", "spin_lock", "spin_unlock", "rcu_read_unlock", "mutex_lock"])).toEqual(
      [],
    );
  });

  test("a bad unlock is reported with the locks held in their order, and turns lockdep off", () => {
    const [first, second] = predicted(["mutex_lock", "rcu_read_lock", "spin_unlock", "spin_unlock"]);
    expect(first).toMatchObject({
      report: { id: "bad-unlock" },
      step: 3,
      lock: "spinlock",
      held: ["mutex", "rcu_read_lock"],
    });
    expect(second).toMatchObject({ report: { id: "bad-unlock" }, silenced: "lockdep is off" });
    expect(second).not.toHaveProperty("held");
  });

  test("a folio lock is none that lockdep knows", () => {
    expect(predicted(["folio_unlock"])).toEqual([]);
  });

  test("the RCU depth is warned of once, as the unlock has left it", () => {
    const found = predicted(["rcu_read_unlock", "rcu_read_unlock"]);
    expect(ids(found)).toEqual(["bad-unlock", "rcu-nest-negative"]);
    expect(found.at(1)).toMatchObject({ report: { id: "rcu-nest-negative" }, rcuDepth: -1 });
    expect(found.at(-1)).toMatchObject({ silenced: "printed only once" });
  });

  test("sleeping in atomic context is reported with both counts, and not again within a second", () => {
    const found = predicted(["spin_lock", "might_sleep", "might_sleep"]);
    expect(found).toMatchObject([
      { report: { id: "sleep-in-atomic" }, preemptCount: 1, rcuDepth: 0, held: ["spinlock"] },
      { report: { id: "sleep-in-atomic" }, silenced: "not again within a second" },
    ]);
  });

  test("scheduling while atomic is reported each time, but heals the count", () => {
    const found = predicted(["preempt_disable", "schedule", "schedule", "preempt_disable", "schedule"]);
    expect(found.map(({ report, step }) => [report.id, step])).toEqual([
      ["scheduling-while-atomic", 2],
      ["scheduling-while-atomic", 5],
    ]);
  });
});

describe("DEBUG_PREEMPT", () => {
  const underflow = ["spin_unlock", "might_sleep", "schedule"];

  test("without it the count goes below zero, and sleeping is reported twice over", () => {
    expect(ids(predicted(underflow))).toEqual(["bad-unlock", "sleep-in-atomic", "scheduling-while-atomic"]);
    expect(predicted(underflow).at(1)).toMatchObject({ preemptCount: -1 });
  });

  test("refuses the underflow, in silence once lockdep is off", () => {
    const found = predicted(underflow, true);
    expect(ids(found)).toEqual(["bad-unlock"]);
    expect(found.at(-1)).toMatchObject({ report: { id: "preempt-underflow" }, silenced: "lockdep is off" });
  });

  test("reports the underflow itself while lockdep is on", () => {
    expect(ids(predicted(["preempt_enable"], true))).toEqual(["preempt-underflow"]);
    expect(ids(predicted(["preempt_enable"]))).toEqual([]);
  });

  test("what differs is told in one line", () => {
    expect(differenceText(predicted(underflow), predicted(underflow, true))).toBe(
      "with DEBUG_PREEMPT: bad unlock balance, no such lock is held",
    );
    expect(differenceText([], [])).toBe("with DEBUG_PREEMPT: the same");
  });
});

test("a count is shown in hex, as the kernel prints it", () => {
  const { subject, trace } = smallestTrace("v5", "no-sleep-in-atomic");
  const text = renderLockdep(subject, trace);
  expect(text).toContain("predicted:     preempt_count: ffffffff, expected: 0\n");
  expect(text).toContain("predicted:     RCU nest depth: -1, expected: 0\n");
});

test("a bare model has nothing to predict from, and says so", () => {
  const { subject, trace } = smallestTrace("v5", "ptl-held");
  const bare = modelSubject("my-model.ts", subject.judgedBy(["ptl-held"]));
  expect(renderLockdep(bare, trace)).toMatch(/^predicted: nothing: a bare model/);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { search } from "../../checker/search/search.ts";
import { randomModels } from "../../checker/testing/random/random-model.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { replay } from "../replay.ts";
import { digestOf, modelSubject } from "../subject.ts";
import { traceOf } from "./build.ts";
import { readTrace } from "./read.ts";
import type { Trace } from "./trace.ts";

const models = fc.sample(randomModels(), { numRuns: 250, seed: 20_24 });

/** Traces of all that a model violates; none where the model is wrong. */
function tracesOf(model: Model): readonly Trace[] {
  const subject = modelSubject("random.ts", model);
  try {
    return search(model, { maxStates: 2000 }).properties.flatMap(({ property, verdict, run }) =>
      verdict === "violated" && run ? [traceOf(subject, property, run, true)] : [],
    );
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

const found = models.flatMap((model) => tracesOf(model).map((trace) => ({ model, trace })));
const replayed = ({ model, trace }: (typeof found)[number]) =>
  replay(modelSubject("random.ts", model), trace);

test("every trace is what reading its JSON gives, and replays to the violation it tells", () => {
  expect(found.length).toBeGreaterThan(models.length / 5);
  for (const { model, trace } of found) {
    const read = readTrace(JSON.stringify(trace), "trace.json");
    expect(read).toEqual(trace);
    expect(replayed({ model, trace: read })).toEqual({ violated: true, message: trace.message });
  }
});

test("without its last step a trace no longer violates, since there is no shorter one", () => {
  const longer = found.filter(({ trace }) => trace.steps.length > 0);
  expect(longer.length).toBeGreaterThan(20);
  for (const { model, trace } of longer) {
    const cut = { ...trace, steps: trace.steps.slice(0, -1) };
    expect(replayed({ model, trace: cut })).toEqual({ violated: false });
  }
});

test("a step that is not the model's is refused", () => {
  const [{ model, trace } = { model: undefined, trace: undefined }] = found.filter(
    (each) => each.trace.steps.length > 0,
  );
  const broken = trace && { ...trace, steps: trace.steps.map((step) => ({ ...step, transition: 999 })) };
  expect(() => model && broken && replayed({ model, trace: broken })).toThrow("does not replay: step 1");
});

test("the digest tells models apart by how they run, not by what they are judged by", () => {
  const digests = new Set(models.map(digestOf));
  expect(digests.size).toBe(
    new Set(models.map((model) => JSON.stringify({ ...model, invariants: [], name: "" }))).size,
  );
  for (const model of models.slice(0, 50)) {
    expect(digestOf({ ...model, invariants: [] })).toBe(digestOf(model));
    expect(digestOf({ ...model, sets: { ...model.sets, more: 1 } })).not.toBe(digestOf(model));
  }
});

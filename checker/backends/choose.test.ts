import { expect, test } from "vitest";
import type { Model } from "../../model/ir/model.ts";
import { range, sharedArray } from "../../model/ir/place.ts";
import { problemOf } from "../problem.ts";
import { chooseBackEnd } from "./choose.ts";

/** One task that takes no step, and an array of so many bytes. */
function wide(bytes: number): Model {
  return {
    name: "wide",
    sets: {},
    variables: [sharedArray("bytes", range(0, bytes - 1), range(0, 255)).variable],
    programs: [{ name: "rest", start: "0", locations: [{ name: "0", end: true }], transitions: [] }],
    tasks: [{ program: "rest", count: 1 }],
    invariants: [],
  };
}

test("a back end that is asked for and cannot run the model is refused, not replaced", () => {
  const problem = problemOf(wide(9_000));
  const message = "cannot run model 'wide': its states have 2250 words of 32 bits (at most 1900";
  expect(() => chooseBackEnd(problem, { backEnd: "wasm" })).toThrow(`back end 'wasm' ${message}`);
  expect(() => chooseBackEnd(problem, { workers: 2 })).toThrow(`back end 'auto' ${message}`);
  expect(chooseBackEnd(problem, { backEnd: "packed-js" }).name).toBe("packed-js");
  expect(chooseBackEnd(problem, {}).name).toBe("auto");
});

test("wasm runs states as wide as it says", () => {
  const problem = problemOf(wide(7_600));
  const engine = chooseBackEnd(problem, { backEnd: "wasm" }).start(problem, { weighted: false });
  engine.insert(new Uint32Array(problem.layout.words));
  engine.expand(0, 1, { start: 0, end: 1 });
  expect([engine.name, engine.size()]).toEqual(["wasm", 1]);
});

import { expect, test } from "vitest";
import { lower } from "./lower.ts";
import { range, shared } from "./place.ts";
import { breakLoop, continueLoop, goto, label, loop, type Statement, step, when } from "./procedure.ts";

const i = shared("i", range(0, 3));
const arrows = (body: readonly Statement[]) =>
  lower("f", "f.c", body).program.transitions.map(({ from, to, label: text }) => `${from} ${text} ${to}`);

test("statements follow one another and the last one ends the program", () => {
  expect(arrows([step("a();"), step("b();")])).toEqual(["L1 a(); L2", "L2 b(); end"]);
});

test("a branch rejoins behind the statement", () => {
  expect(arrows([when("x", i.is(0), [step("a();")], [step("b();")]), step("c();")])).toEqual([
    "L1 if (x) -> true L2",
    "L1 if (x) -> false L4",
    "L2 a(); L5",
    "L4 b(); L5",
    "L5 c(); end",
  ]);
});

test("continue runs the loop's advance, break leaves it", () => {
  const body = [
    loop("for (...)", i.lessThan(3), [i.increment()], [when("x", i.is(1), [breakLoop], [continueLoop])]),
    step("after();"),
  ];
  expect(arrows(body)).toEqual([
    "L1 for (...) -> next round L2",
    "L1 for (...) -> done L6",
    "L1.advance for (...) -> advance L1",
    "L2 if (x) -> true L6",
    "L2 if (x) -> false L1.advance",
    "L6 after(); end",
  ]);
});

test("goto leads to the statement behind the label, forwards and backwards", () => {
  const body = [label("again"), step("a();"), when("x", i.is(0), [goto("again")]), step("b();")];
  expect(arrows(body)).toEqual([
    "L2 a(); L3",
    "L3 if (x) -> true L2",
    "L3 if (x) -> false L5",
    "L5 b(); end",
  ]);
});

test("the same statement may stand in several places, each on its own line", () => {
  const twice = step("a();");
  expect(arrows([twice, twice])).toEqual(["L1 a(); L2", "L2 a(); end"]);
});

test("source lines point into the listing", () => {
  const { program, listing } = lower("f", "f.c", [when("x", i.is(0), [step("a();")]), step("b();")]);
  for (const { source } of program.transitions) {
    expect(listing.find(({ line }) => line === source?.line)?.text).toBe(source?.text);
  }
  expect(listing.map(({ depth }) => depth)).toEqual([0, 1, 0]);
});

test.each([
  [[goto("nowhere")], "goto nowhere: no such label"],
  [[breakLoop], "break outside a loop"],
  [[continueLoop], "continue outside a loop"],
  [[step("a();"), label("last")], "label 'last' ends a block"],
  [[label("first"), goto("first")], "label 'first' leads to a goto"],
])("a jump without a target is refused: %#", (body, message) => {
  expect(() => lower("f", "f.c", body as readonly Statement[])).toThrow(message);
});

test("a second procedure of a file goes on from the lines of the first", () => {
  const first = lower("f", "f.c", [step("a();"), step("b();")]);
  const { program, listing } = lower("g", "f.c", [step("c();")], first.listing);
  expect(listing.map(({ line, text }) => [line, text])).toEqual([
    [1, "a();"],
    [2, "b();"],
    [3, "c();"],
  ]);
  expect(program.transitions.map(({ source }) => source?.line)).toEqual([3]);
});

import { expect, test } from "vitest";
import { insertAfter, insertBefore, moveBefore, remove } from "./edit.ts";
import { lower } from "./lower.ts";
import { range, shared } from "./place.ts";
import { loop, type Statement, step, when } from "./procedure.ts";

const i = shared("i", range(0, 3));
const body: readonly Statement[] = [
  step("lock();"),
  loop("while (i < 3)", i.lessThan(3), [], [step("a();"), when("x", i.is(1), [step("a();")]), step("b();")]),
  step("unlock();"),
];
const texts = (edited: readonly Statement[]) => lower("f", "f.c", edited).listing.map(({ text }) => text);

test("a statement is removed wherever it stands; the nth of those that read alike", () => {
  expect(texts(remove(body, { text: "a();" }))).toEqual([
    "lock();",
    "while (i < 3)",
    "if (x)",
    "a();",
    "b();",
    "unlock();",
  ]);
  expect(texts(remove(body, { text: "a();", nth: 2 }))).toEqual([
    "lock();",
    "while (i < 3)",
    "a();",
    "if (x)",
    "b();",
    "unlock();",
  ]);
});

test("statements are put before and behind one", () => {
  const c = step("c();");
  expect(texts(insertBefore(body, { text: "b();" }, c)).slice(5, 7)).toEqual(["c();", "b();"]);
  expect(texts(insertAfter(body, { text: "b();" }, c)).slice(5, 7)).toEqual(["b();", "c();"]);
});

test("a statement is moved before another", () => {
  const moved = moveBefore(body, { text: "unlock();" }, { text: "while" });
  expect(texts(moved).slice(0, 3)).toEqual(["lock();", "unlock();", "while (i < 3)"]);
});

test("an edit of what is not there is refused", () => {
  expect(() => remove(body, { text: "free();" })).toThrow("no statement 'free();' to edit");
  expect(() => remove(body, { text: "a();", nth: 3 })).toThrow("no. 3");
});

import { expect, test } from "vitest";
import { readUnit } from "../model/c/source/index.ts";
import { checkSource } from "./check.ts";
import { checkFixture, readFixture } from "./testing/expectation.ts";

test("ways out that others contradict are mistakes, and those that no caller in sight can be right about", async () => {
  const { findings } = await checkFixture("exits.c");
  expect(findings.filter(({ confidence }) => confidence === "hard")).toEqual(findings);
  expect(findings.length).toBeGreaterThan(0);
});

test("mistakes are told without being asked for hints, but not of a part of a file", async () => {
  const source = { file: "exits.c", text: readFixture("exits.c") };
  const { findings } = await checkSource(source);
  expect(findings.filter(({ confidence }) => confidence === "hard")).toEqual(findings);
  expect(findings.length).toBeGreaterThan(0);
  expect((await checkSource(source, { partial: true })).findings).toEqual([]);
});

test("a lock that is left held is a mistake where nobody is there to release it, and a hint elsewhere", async () => {
  const { findings } = await checkFixture("leaks.c");
  const hints = findings.filter(({ confidence }) => confidence === "audit");
  expect(hints.map(({ function: name }) => name)).toEqual([
    "keeps_as_others_do",
    "keeps_like_the_other",
    "shelf_prepare",
    "opens_for_a_caller",
  ]);
});

test("of a function that is judged alone the others tell as well", async () => {
  const source = { file: "leaks.c", text: readFixture("leaks.c") };
  const all = (await checkSource(source)).findings;
  for (const { name } of readUnit(source.text).functions) {
    const { findings } = await checkSource(source, { functions: [name] });
    expect(findings).toEqual(all.filter((each) => each.function === name));
  }
});

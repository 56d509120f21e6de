import { expect, test } from "vitest";
import { checkSource } from "./check.ts";
import { checkFixture, readFixture } from "./testing/expectation.ts";

test("ways out that others contradict are mistakes, those that callers may count on are hints", async () => {
  const { findings } = await checkFixture("exits.c");
  const hints = findings.filter(({ confidence }) => confidence === "audit");
  expect(hints.map(({ function: name }) => name)).toEqual(["perhaps_is_full"]);
  expect(findings.length).toBeGreaterThan(hints.length);
});

test("mistakes are told without being asked for hints, but not of a part of a file", async () => {
  const source = { file: "exits.c", text: readFixture("exits.c") };
  const { findings } = await checkSource(source);
  expect(findings.filter(({ confidence }) => confidence === "hard")).toEqual(findings);
  expect(findings.length).toBeGreaterThan(0);
  expect((await checkSource(source, { partial: true })).findings).toEqual([]);
});

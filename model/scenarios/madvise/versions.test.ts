import { expect, test } from "vitest";
import { instrument } from "../../../properties/instrument.ts";
import { propertiesOf } from "../../../properties/library.ts";
import type { Model } from "../../ir/model.ts";
import { buildMadvise, madvise } from "./index.ts";

const judged: readonly Model[] = madvise.versions.map(({ id }) => {
  const { model, observe } = buildMadvise({ version: id, parameters: {} });
  return instrument(model, observe, propertiesOf(madvise));
});

test("versions share their variables, observers included, and what holds in every state", () => {
  const [first, ...others] = judged.map(({ variables, invariants, sets }) => ({
    variables,
    invariants,
    sets,
  }));
  for (const each of others) expect(each).toEqual(first);
});

test("a line does, remembers and is asked the same in every version", () => {
  const meanings = new Map<string, Set<string>>();
  for (const { label, from, to, source, ...meaning } of judged.flatMap(transitionsOf)) {
    meanings.set(label, (meanings.get(label) ?? new Set()).add(JSON.stringify(meaning)));
  }
  const ambiguous = [...meanings].filter(([, { size }]) => size > 1).map(([label]) => label);
  expect(ambiguous).toEqual([]);
  expect(meanings.size).toBeGreaterThan(50);
});

test("versions are told apart by their lines alone", () => {
  const listings = madvise.versions.map(({ id }) =>
    JSON.stringify(buildMadvise({ version: id, parameters: {} }).listing),
  );
  expect(new Set(listings).size).toBe(madvise.versions.length);
});

const transitionsOf = ({ programs }: Model) => programs.flatMap(({ transitions }) => transitions);

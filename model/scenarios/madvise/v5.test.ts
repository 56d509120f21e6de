import { expect, test } from "vitest";
import { judge } from "../../../testing/judge.ts";
import { buildMadvise } from "./index.ts";

const shortest = (property: string, parameters: Record<string, number>) => {
  const built = buildMadvise({ version: "v5", parameters });
  const { properties } = judge(built, [property]);
  const moves = properties[0]?.run?.moves ?? [];
  const steps = moves.flatMap(({ transition }) => built.model.programs[0]?.transitions[transition] ?? []);
  return { verdict: properties[0]?.verdict, steps };
};

test("two ptes and one adverse outcome suffice to read a pte without its lock", () => {
  const { verdict, steps } = shortest("ptl-held", { ptes: 2, folios: 1 });
  expect(verdict).toBe("violated");
  expect(steps.filter(({ weight }) => weight === 1).map(({ label }) => label)).toEqual([
    expect.stringMatching(/^err = split_folio\(folio\); -> fails/),
  ]);
  const told = ["if (!folio_trylock", "pte_unmap_unlock", "err = split_folio", "if (err)", "for (", "nr = 1"];
  const labels = steps.map(({ label }) => label);
  const from = labels.findIndex((each) => each.startsWith(told[0] ?? ""));
  expect(labels[from]).toContain("-> locked");
  let at = from;
  for (const line of told) {
    at = labels.findIndex((each, position) => position >= at && each.startsWith(line));
    expect(at, line).toBeGreaterThanOrEqual(0);
  }
  expect(labels.at(-1)).toBe("nr = 1; ptent = ptep_get(pte);");
});

test("one pte does not", () => {
  expect(shortest("ptl-held", { ptes: 1, folios: 1 }).verdict).toBe("holds");
});

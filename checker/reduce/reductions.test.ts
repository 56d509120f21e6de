import { describe, expect, test } from "vitest";
import { constant, equal, FALSE, some } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { idOf, owner } from "../../model/ir/place.ts";
import { problemOf } from "../problem.ts";
import { search } from "../search/search.ts";
import type { SearchOptions } from "../search-options.ts";
import { ptlProtocol } from "../testing/ptl-protocol.ts";
import { reductionsOf } from "./reductions.ts";

const model = ptlProtocol({ tasks: 2, ptes: 1, folios: 2 });

const reported = (each: Model, options: SearchOptions = {}) => {
  const { plan, reported } = reductionsOf(problemOf(each), options);
  return {
    reduced: plan !== undefined,
    reported: reported.map(({ applied, detail }) => `${applied ? "+" : "-"} ${detail}`),
  };
};

const judgedBy = (
  condition: Extract<Model["invariants"][number], { kind: "always" }>["condition"],
): Model => ({
  ...model,
  invariants: [{ kind: "always", property: "p", message: "p fails", condition }],
});

test("what is applied is said with the result, and the verdicts are those of the full search", () => {
  const [reduced, full] = [search(model), search(model, { reduce: false })];
  const applied = reduced.reductions?.filter((each) => each.applied);
  expect(applied?.map(({ reduction }) => reduction)).toEqual([
    "safe-moves",
    "chains",
    "symmetry",
    "symmetry",
  ]);
  expect(full.reductions?.some(({ applied }) => applied)).toBe(false);
  expect(reduced.properties).toEqual(full.properties);
  expect(reduced.states).toBeLessThan(full.states / 10);
});

describe("falls back", () => {
  test.each<[SearchOptions, string]>([
    [{ reduce: false }, "not wanted"],
    [{ maxDepth: 9 }, "a bound on depth counts single steps"],
    [{ backEnd: "packed-js" }, "the back end packed-js searches in full"],
    [{ workers: 2 }, "several workers search in full"],
  ])("to a full search with %j", (options, reason) => {
    expect(reported(model, options)).toEqual({ reduced: false, reported: Array(4).fill(`- ${reason}`) });
  });

  test("where there is one task, and nothing is alike", () => {
    const single = ptlProtocol({ tasks: 1, ptes: 1, folios: 1 });
    expect(reported(single).reduced).toBe(false);
    expect(reported(single).reported[0]).toBe("- a single task has nobody to wait for");
  });

  test("from the symmetry of a set of which a property names a member", () => {
    const named = judgedBy(equal({ kind: "variable", name: "ptl" }, constant(1, owner)));
    expect(reported(named).reported).toContain("- task: a step or a property names a single task");
    expect(reported(named).reported).toContain("+ folio 1, 2");
  });

  test("from the symmetry of a set whose members are read in an order that may matter", () => {
    const chosen = { kind: "variable", name: "f", of: constant(1, owner) } as const;
    const condition = some("each", idOf("folio"), () =>
      equal({ kind: "element", name: "ref", index: chosen }, constant(1)),
    );
    expect(reported(judgedBy(condition)).reported).toContain(
      "- folio: 'some' may read what is not there for the first folio",
    );
  });

  test("from every safe move where a property sees all", () => {
    const all = model.variables.map(({ name, index, scope }) => {
      const whose = scope === "task" && { of: constant(1, owner) };
      return index
        ? ({ kind: "element", name, index: constant(1, index), ...whose } as const)
        : ({ kind: "variable", name, ...whose } as const);
    });
    const sees = judgedBy({ kind: "or", operands: [FALSE, ...all.map((each) => equal(each, each))] });
    expect(reported(sees).reported.slice(0, 2)).toEqual([
      expect.stringMatching(/^- 0 of 17 locations/),
      "- there are no safe moves to merge",
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { judge } from "../../../testing/judge.ts";
import { insertBefore, moveBefore, remove } from "../../ir/edit.ts";
import { add, constant, subtract } from "../../ir/expression.ts";
import { buildCopy, buildZap, copyPresentPtes, type Edit, zapPresentPtes } from "./index.ts";
import { calls } from "./walk.ts";

const callers = [
  {
    scenario: copyPresentPtes,
    build: buildCopy,
    takes: "wrprotect_ptes",
    unlock: "pte_unmap_unlock(orig_src",
  },
  { scenario: zapPresentPtes, build: buildZap, takes: "get_and_clear_full_ptes", unlock: "pte_unmap_unlock" },
];

describe.each(callers)("$scenario.id", ({ scenario, build, takes, unlock }) => {
  const judged = (edit?: Edit) => judge(build({ parameters: {} }, edit), scenario.properties);

  test("is sound, and each of its properties is evaluated", () => {
    const { verdicts, unevaluated, bounds, unreached } = judged();
    expect(verdicts).toEqual(Object.fromEntries(scenario.properties.map((each) => [each, "holds"])));
    expect([...unevaluated, ...bounds]).toEqual([]);
    // Zapped ptes are never read again.
    const again = unreached.filter(({ label }) => !label.endsWith("the large folio read before"));
    expect(again).toEqual([]);
  });

  const taking =
    (extra: number): Edit =>
    (body, walk) => {
      const { count, position } = walk.ptes;
      const extents = { pte: add(subtract(constant(count), position.value), constant(extra)) };
      return insertBefore(body, { text: takes }, calls(walk, takes, `${takes}();`, { extents }));
    };

  test("takes no ptes that map other folios, and none behind the range", () => {
    expect(judged(taking(0)).verdicts).toMatchObject({
      "pte-batch-contract": "violated",
      "ptl-held": "holds",
    });
    expect(judged(taking(1)).verdicts["pte-batch-contract"]).toBe("violated");
  });

  test("counts its batch under the lock", () => {
    const late: Edit = (body) => moveBefore(body, { text: unlock }, { text: "do ..." });
    expect(judged(late).verdicts).toMatchObject({ "ptl-held": "violated", "pte-mapped": "violated" });
  });

  test("leaves lazy MMU mode before it is done", () => {
    const edited = judged((body) => remove(body, { text: "arch_leave_lazy_mmu_mode" }));
    expect(edited.verdicts["lazy-mmu-balanced"]).toBe("violated");
  });
});

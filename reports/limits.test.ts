import { expect, test } from "vitest";
import { checkSource } from "../functions/check.ts";
import { fixtureFiles, readFixture } from "../functions/testing/expectation.ts";
import { type Limits, limitsOf, sayLimits } from "./limits.ts";

const NOTHING = { seen: 0, modelled: 0, skipped: [], capped: [], searched: [] };

const limits = (bounds: readonly string[], assumed: readonly string[] = []): Limits =>
  limitsOf({ bounds, assumed, functions: NOTHING });

test("what stays unknown is counted by its cause, the commonest told first", () => {
  const found = limits(
    [
      "a.c:3: f(): the effect of box_take() on locks is unknown",
      "a.c:4: f(): the effect of box_give() on locks is unknown",
      "a.c:5: f(): the effect of ops->take() on locks is unknown",
      "a.c:6: f(): the effect of asm(_raw_spin_lock) on locks is unknown",
      "a.c: a header that it includes was not read: b.h: more than 1 MiB",
      "a.c:7: statement not understood",
      "a.c:8: #if arm not read",
    ],
    ["a.c:9: f(): g() releases folio", "a.c:9: f(): box->ops.run() does not sleep and leaves locks alone"],
  );
  expect(found).toEqual({
    ...{ assembly: 1, "assumed-calls": 1, conditionals: 1, "pointer-calls": 2 },
    ...{ "unknown-calls": 2, "unread-headers": 1, "unread-text": 1 },
  });
  expect(sayLimits(found)[0]).toMatch(/^unknown: 2 pointer calls, 2 unknown calls, 1 assembly, /);
  expect(sayLimits({ "pointer-calls": 1 })).toEqual(["unknown: 1 pointer call"]);
  expect(sayLimits(limits([]))).toEqual([]);
});

test("what a patch does not show has a cause of its own", () => {
  const bounds = [
    "a.c: only the hunks were seen: exit balance was not judged",
    "v2 lacks parts 1, 3 of 4",
    "a.c: new has it otherwise than the change leaves it",
  ];
  expect(limits(bounds)).toEqual({ "unseen-parts": 3 });
});

test("functions that were skipped or searched in part are counted, too", () => {
  const reason = { file: "a.c", function: "f", reason: "line 3: nested too deeply" };
  const functions = { ...NOTHING, skipped: [reason], capped: [reason, reason] };
  expect(limitsOf({ bounds: [], assumed: [], functions })).toEqual({
    ...{ "capped-functions": 2, "skipped-functions": 1 },
  });
});

test("of all that is said of the fixtures nothing is without a cause", async () => {
  for (const file of fixtureFiles) {
    const result = await checkSource({ file, text: readFixture(file) }, { audit: true });
    expect(limitsOf(result), file).not.toHaveProperty("other");
  }
});

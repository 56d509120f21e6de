import { join } from "node:path";
import { expect, test } from "vitest";
import { updateText } from "../../ir/update-text.ts";
import type { Key } from "../calls/key.ts";
import { statusChanges } from "../testing/status-names.ts";
import { HELD, HELD_EXCLUSIVE, HELD_SHARED, LEFT, NOT_HELD, REFUSED, STATUS } from "./status.ts";

const keyOf = (object: string): Key => ({
  index: 0,
  object,
  text: "x",
  spinning: false,
  roots: [],
  acquired: true,
  released: true,
});

/** `name`, and a line for each status that becomes another. */
function changeText([name, update]: readonly [string, Parameters<typeof updateText>[0]]): string {
  const cases = updateText(update).replace(/^[^:=]*(?:: | = )/, "");
  return `  ${name}\n${cases
    .split(", ")
    .map((each) => `    ${each}\n`)
    .join("")}`;
}

test.each(["spinlock", "rcu"])("what operations make of the status of a %s", async (object) => {
  const text = statusChanges(keyOf(object)).map(changeText).join("");
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "goldens", `${object}.txt`));
});

test("each status counts as held, as not held, or as neither", () => {
  const named = Object.entries({ HELD, HELD_SHARED, HELD_EXCLUSIVE, NOT_HELD, LEFT, REFUSED });
  const sets = STATUS.values.map((status) => {
    const among = named.filter(([, statuses]) => statuses.includes(status)).map(([name]) => name);
    return `${status}: ${among.join(", ")}`;
  });
  expect(sets).toMatchInlineSnapshot(`
    [
      "untouched: ",
      "held: HELD, HELD_EXCLUSIVE",
      "held-shared: HELD, HELD_SHARED",
      "held twice: HELD, HELD_EXCLUSIVE",
      "held-shared twice: HELD, HELD_SHARED",
      "released: NOT_HELD, LEFT",
      "dropped: NOT_HELD",
      "regained: HELD, HELD_EXCLUSIVE",
      "regained-shared: HELD, HELD_SHARED",
      "over-released: NOT_HELD, LEFT",
      "unknown: ",
      "maybe released: NOT_HELD, LEFT",
      "taken: HELD, HELD_EXCLUSIVE",
      "taken-shared: HELD, HELD_SHARED",
      "assumed held: HELD",
      "assumed held-shared: HELD, HELD_SHARED",
      "refused: REFUSED",
      "left behind: ",
      "some held: ",
      "all held: ",
      "copied: ",
      "left to copy: ",
    ]
  `);
});

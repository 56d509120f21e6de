import { expect, test } from "vitest";
import { tableKnowledge } from "../model/c/knowledge/index.ts";
import { isLopsided } from "./lopsided.ts";

const LOCK = "spin_lock(&b->lock);";
const UNLOCK = "spin_unlock(&b->lock);";
const WAY_OUT = `if (b->dead) {\n\t\t${UNLOCK}\n\t\treturn -EIO;\n\t}`;

test.each<readonly [what: string, statements: readonly string[], expected: boolean]>([
  ["that takes one", [LOCK], true],
  ["that gives one back", [UNLOCK], true],
  ["that takes one and gives it back", [LOCK, "b->n++;", UNLOCK], false],
  ["that gives it back on each way out", [LOCK, WAY_OUT, UNLOCK], false],
  ["that keeps it but on one way out", [LOCK, WAY_OUT, "return 0;"], true],
  [
    "that gives it back at a label",
    [LOCK, "if (b->dead)\n\t\tgoto out;", "out:", UNLOCK, "return 0;"],
    false,
  ],
  ["that gives it back for a while", [UNLOCK, "wait(b);", LOCK], true],
  ["that gives another one back", [LOCK, "spin_unlock(&b->other);"], true],
  ["that tries, and gives it back", ["if (!spin_trylock(&b->lock))\n\t\treturn 0;", UNLOCK], false],
  ["that enters a section", ["rcu_read_lock();"], true],
  ["that speaks of one", ["/* spin_lock(&b->lock) */", 'pr_info("spin_unlock(x)");'], false],
  ["that calls others", ["box_lock(b);"], false],
])("a function %s", (_, statements, expected) => {
  const text = `int f(struct box *b)\n{\n\t${statements.join("\n\t")}\n}\n`;
  expect(isLopsided(text, tableKnowledge)).toBe(expected);
});

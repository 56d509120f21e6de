import { expect, test } from "vitest";
import { tableKnowledge } from "../model/c/knowledge/index.ts";
import { Outline } from "../model/c/source/index.ts";
import { OneSided } from "./one-sided.ts";

const body = (name: string, ...calls: readonly string[]) =>
  `void ${name}(struct box *b)\n{\n${calls.map((each) => `\t${each}(&b->lock);\n`).join("")}}\n`;

const TEXT = [
  body("one", "spin_lock"),
  body("other", "spin_unlock"),
  body("both", "spin_lock", "spin_unlock"),
  body("by_another", "one"),
  body("by_both", "one", "work", "other"),
  body("reads", "rcu_read_lock", "spin_lock", "spin_unlock"),
  body("frees", "kfree"),
  body("box_lock", "test_and_set"),
  body("by_name", "box_lock", "box_unlock"),
  body("circle", "circle_back", "spin_lock"),
  body("circle_back", "circle", "spin_unlock"),
  body("large", "spin_lock", ...Array.from({ length: 200 }, () => "step")),
].join("\n");

test.each([
  ["one", true],
  ["other", true],
  ["both", false],
  ["by_another", true],
  ["by_both", false],
  ["reads", true],
  ["frees", false],
  ["box_lock", true],
  ["by_name", false],
  ["circle_back", false],
  ["large", false],
])("%s: %s", (name, is) => {
  expect(new OneSided(new Outline(TEXT), tableKnowledge).has(name)).toBe(is);
});

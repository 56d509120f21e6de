import { expect, test } from "vitest";
import { tableKnowledge } from "../model/c/knowledge/index.ts";
import { readUnit } from "../model/c/source/index.ts";
import { flagWrappersIn } from "./flag-wrappers.ts";
import { sleepersOf } from "./sleepers.ts";

const wrappers = (text: string): readonly string[] =>
  [...flagWrappersIn(readUnit(text), tableKnowledge)].map(
    ([name, { position, chain }]) => `${name}/${position} by ${chain.map(({ callee }) => callee).join(", ")}`,
  );

const RAW = "static void *raw(gfp_t flags, size_t size)\n{\n\treturn kzalloc(size, flags | __GFP_ZERO);\n}\n";
const OUTER = "void *outer(struct box *b, gfp_t gfp)\n{\n\treturn raw(gfp, b->size);\n}\n";
const OPEN = "void *open_alloc(size_t size, gfp_t gfp)\n{\n\treturn more_elsewhere(size, gfp);\n}\n";

test("a function that hands its flags on sleeps where they allow it, by others too", () => {
  expect(wrappers(RAW + OUTER)).toEqual(["raw/0 by kzalloc", "outer/1 by raw, kzalloc"]);
});

test("so do flags of that type that go on to what is not known", () => {
  expect(wrappers(OPEN)).toEqual(["open_alloc/1 by more_elsewhere"]);
});

test.each([
  ["flags that are asked for", "int may(gfp_t gfp)\n{\n\treturn gfpflags_allow_blocking(gfp);\n}\n"],
  [
    "flags that lose what lets them sleep",
    RAW.replace("flags | __GFP_ZERO", "flags & ~__GFP_DIRECT_RECLAIM"),
  ],
  ["flags of its own", RAW.replace("flags | __GFP_ZERO", "GFP_ATOMIC")],
])("%s make none", (_, text) => {
  expect(wrappers(text)).toEqual([]);
});

test("callers with constant flags sleep as these allow", () => {
  const caller = (name: string, flags: string) =>
    `void ${name}(struct box *b)\n{\n\tb->p = outer(b, ${flags});\n}\n`;
  const text = RAW + OUTER + caller("asleep", "GFP_KERNEL") + caller("awake", "GFP_ATOMIC");
  expect([...sleepersOf(readUnit(text), tableKnowledge, "constant").keys()]).toEqual(["asleep"]);
});

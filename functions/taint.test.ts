import { expect, test } from "vitest";
import { type CheckOptions, checkSource } from "./check.ts";

/** Takes the lock again behind a callee: twice, unless the callee may have released it. */
const around = (callee: string): string => `${callee}
static void caller(struct box *box)
{
	spin_lock(&box->lock);
	spin_lock(&box->other);
	callee(box);
	spin_lock(&box->lock);
	spin_unlock(&box->lock);
	spin_unlock(&box->other);
}
`;

const NEUTRAL = "static void callee(struct box *box)\n{\n\trcu_read_lock();\n\trcu_read_unlock();\n}\n";

const RECURSIVE = `static void callee(struct box *box)
{
	if (box->next)
		callee(box->next);
	spin_unlock(&box->lock);
}
`;

const MUTUALLY_RECURSIVE = `static void callee(struct box *box);
static void partner(struct box *box)
{
	spin_unlock(&box->lock);
	callee(box);
}
static void callee(struct box *box)
{
	if (box->next)
		partner(box);
}
`;

/** Eight locks, each held or not by chance: more states than the search is allowed. */
const MANY_STATES = `static void callee(struct box *box)
{
${Array.from({ length: 8 }, (_, at) => `\tif (box->flag${at})\n\t\tspin_lock(&box->lock${at});\n`).join("")}
	spin_unlock(&box->lock);
}
`;

const TOO_LONG = `static void callee(struct box *box)
{
	spin_unlock(&box->lock);
${"\tbox->count++;\n".repeat(150_000)}}
`;

const BROKEN = `static void callee(struct box *box)
{
	box ## @@ spin_unlock(&box->lock) ] ;
}
`;

const judgeCaller = async (callee: string, options: CheckOptions = {}) => {
  const report = await checkSource({ file: "box.c", text: around(callee) }, options);
  const inCaller = report.findings.filter((each) => each.function === "caller");
  return { rules: inCaller.map(({ rule, lock }) => `${rule} ${lock}`), functions: report.functions };
};

test("behind a callee that leaves locks alone, taking one again is found", async () => {
  const { rules } = await judgeCaller(NEUTRAL);
  expect(rules).toEqual(["double-lock box->lock"]);
});

test.each([
  ["itself", RECURSIVE],
  ["one that calls it", MUTUALLY_RECURSIVE],
])("behind a callee that calls %s nothing is believed of locks", async (_, callee) => {
  expect((await judgeCaller(callee)).rules).toEqual([]);
});

test("behind a callee with too many states nothing is believed of locks, and it is named", async () => {
  const { rules, functions } = await judgeCaller(MANY_STATES, { maxStates: 200 });
  expect(functions.capped).toEqual([{ file: "box.c", function: "callee", reason: "more than 200 states" }]);
  expect(rules).toEqual([]);
});

test("behind a callee that can't be parsed nothing is believed of locks, and it is named", async () => {
  const { rules, functions } = await judgeCaller(TOO_LONG);
  expect(functions.skipped).toEqual([
    { file: "box.c", function: "callee", reason: "longer than 500000 characters" },
  ]);
  expect(rules).toEqual([]);
});

test("behind a callee with a call that can't be read nothing is believed of locks, and it is named", async () => {
  const { rules, functions } = await judgeCaller(BROKEN);
  expect(functions.skipped).toEqual([
    { file: "box.c", function: "callee", reason: "line 3: spin_unlock() was not understood" },
  ]);
  expect(rules).toEqual([]);
});

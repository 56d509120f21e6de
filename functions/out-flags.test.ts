import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const GET = `
static int get(struct box *box, bool *locked)
{
	mutex_lock(&box->lock);
	*locked = true;
	if (box->dead)
		return -EIO;
	return 0;
}
`;

const TRIES = `
static void tries(struct box *box, bool *locked)
{
	*locked = mutex_trylock(&box->lock);
}
`;

const caller = (...body: readonly string[]) =>
  ["static int use(struct box *box)", "{", "\tbool locked = false;", ...body, "}", ""].join("\n");

const certain = async (text: string) => {
  const { findings } = await checkSource({ file: "box.c", text });
  return findings.map(({ function: name, rule }) => `${name} ${rule}`);
};

const RELEASE = ["\tif (locked)", "\t\tmutex_unlock(&box->lock);"];

test("an error exit that does not ask the flag keeps the lock", async () => {
  const early = ["\tint err = get(box, &locked);", "\tif (err)", "\t\treturn err;"];
  expect(await certain(GET + caller(...early, ...RELEASE, "\treturn 0;"))).toEqual(["use exit-imbalance"]);
});

test("one that asks it does not, and neither does the helper", async () => {
  const late = ["\tint err = get(box, &locked);", "\tif (err)", "\t\tgoto out;", "\tbox->n++;", "out:"];
  expect(await certain(GET + caller(...late, ...RELEASE, "\treturn err;"))).toEqual([]);
});

test.each([
  ["the wrong way round", ["\tif (!locked)", "\t\tmutex_unlock(&box->lock);"], ["use release-not-held"]],
  ["not at all", ["\tmutex_unlock(&box->lock);"], ["use release-not-held"]],
  ["as it is meant", RELEASE, []],
])("a flag of a trylock is asked %s", async (_, release, found) => {
  const text = TRIES + caller("\ttries(box, &locked);", "\tbox->n++;", ...release, "\treturn 0;");
  expect(await certain(text)).toEqual(found);
});

const busy = (taken: string, released: string, head = "bool busy(struct box *box)") => `
${head}
{
	unsigned long flags;

	${taken}
	if (box->n > 4)
		return true;
	${released}
	return false;
}
`;

test("no caller gets the lock with a truth where the function alone has its interrupt flags", async () => {
  const [lock, unlock] = [
    "spin_lock_irqsave(&box->lock, flags);",
    "spin_unlock_irqrestore(&box->lock, flags);",
  ];
  expect(await certain(busy(lock, unlock))).toEqual(["busy exit-imbalance"]);
  const head = "bool busy(struct box *box, unsigned long *flags)";
  expect(
    await certain(
      busy(lock, unlock, head).replace("\tunsigned long flags;\n", "").replaceAll(", flags);", ", *flags);"),
    ),
  ).toEqual([]);
  expect(
    await certain(
      busy(lock, unlock).replace("return true;", "{\n\t\tbox->flags = flags;\n\t\treturn true;\n\t}"),
    ),
  ).toEqual([]);
  expect(await certain(busy("spin_lock(&box->lock);", "spin_unlock(&box->lock);"))).toEqual([]);
});

const keeper = (name: string) => `
static int ${name}(struct box *box)
{
	int err;

	spin_lock(&box->lock);
	err = reset(box);
	if (err)
		return err;
	spin_unlock(&box->lock);
	return 0;
}
`;

test("two functions that lose locks of one name do not excuse each other", async () => {
  expect(await certain(keeper("one") + keeper("two"))).toEqual(["one exit-imbalance", "two exit-imbalance"]);
  const always = (name: string) =>
    `static void ${name}(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tbox->n++;\n}\n`;
  // Where both always keep it, that is what they are for.
  expect(await certain(always("one") + always("two"))).toEqual([]);
});

test("a caller that keeps what a helper took for it is at fault where another gives it back", async () => {
  const helper =
    "static bool peek(struct box *box)\n{\n\tmutex_lock(&box->lock);\n\tif (box->n)\n\t\treturn true;\n\tmutex_unlock(&box->lock);\n\treturn false;\n}\n";
  const caller = (name: string, last: string) =>
    `void ${name}(struct box *box)\n{\n\tif (!peek(box))\n\t\treturn;\n\tbox->n--;\n${last}}\n`;
  const right = caller("right", "\tmutex_unlock(&box->lock);\n");
  expect(await certain(helper + right + caller("wrong", ""))).toEqual(["wrong exit-imbalance"]);
  expect(await certain(helper + right)).toEqual([]);
});

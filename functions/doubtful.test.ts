import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const found = async (...body: readonly string[]) => {
  const text = ["int f(struct trans *t)", "{", ...body, "}", ""].join("\n");
  const { findings } = await checkSource({ file: "a.c", text }, { audit: true });
  return findings.map(({ rule, confidence }) => `${confidence} ${rule}`);
};

const KEPT = ["\tif (t->broken)", "\t\tgoto out;", "\tt->removing = true;", "\tmutex_lock(&t->lock);"];
const GIVEN = ["\tif (commit(t))", "\t\tgoto out;", "\tmutex_unlock(&t->lock);", "\tt->removing = false;"];

test("a release by a member that the function keeps in step with its lock is a hint", async () => {
  const early = ["\tmutex_lock(&t->lock);", "\tmutex_unlock(&t->lock);"];
  const out = ["out:", "\tif (t->removing)", "\t\tmutex_unlock(&t->lock);", "\treturn 0;"];
  expect(await found(...early, ...KEPT, ...GIVEN, ...out)).toEqual(["audit double-unlock"]);
});

test("a member that the path itself has set decides", async () => {
  const out = [
    "\tt->removing = true;",
    "out:",
    "\tif (t->removing)",
    "\t\tmutex_unlock(&t->lock);",
    "\treturn 0;",
  ];
  const body = ["\tmutex_lock(&t->lock);", "\tmutex_unlock(&t->lock);", ...out];
  expect(await found(...body)).toEqual(["hard double-unlock"]);
});

test("what two constants of other files decide is a hint", async () => {
  const body = (condition: string) => [
    "\tmutex_lock(&t->lock);",
    `\tif (${condition})`,
    "\t\tmutex_unlock(&t->lock);",
    "\tmutex_unlock(&t->lock);",
    "\treturn 0;",
  ];
  expect(await found(...body("HSI_VERSION > HSI_VERSION_2"))).toEqual(["audit double-unlock"]);
  expect(await found(...body("t->version > HSI_VERSION_2"))).toEqual(["hard double-unlock"]);
});

test("what the order of two constants decides is a hint, and so is what the task carries along", async () => {
  const body = (first: string, second: string) => [
    `\tif (${first})`,
    "\t\tmutex_lock(&t->lock);",
    "\telse",
    "\t\treturn 0;",
    "\tmutex_unlock(&t->lock);",
    `\tif (${second})`,
    "\t\tmutex_unlock(&t->lock);",
    "\treturn 0;",
  ];
  expect(await found(...body("code >= CODE_LAST", "code == CODE_END"))).toEqual(["audit double-unlock"]);
  expect(await found(...body("current->journal_info", "t->n"))).toEqual(["audit double-unlock"]);
  expect(await found(...body("t->n > 1", "t->n == 3"))).toEqual(["hard double-unlock"]);
});

const sleepIn = async (head: string, ...body: readonly string[]) => {
  const text = [head, "{", ...body, "}", ""].join("\n");
  const { findings } = await checkSource({ file: "a.c", text }, { audit: true });
  return findings.map(({ rule, confidence }) => `${confidence} ${rule}`);
};

test("a sleep with interrupts off at boot, or while the system dies, is a hint", async () => {
  const off = ["\tlocal_irq_disable();", "\tmsleep(1);", "\tlocal_irq_enable();"];
  expect(await sleepIn("void __init set_up(void)", ...off)).toEqual(["audit no-sleep-in-atomic"]);
  expect(await sleepIn("void set_up(void)", ...off)).toEqual(["hard no-sleep-in-atomic"]);
  expect(await sleepIn("void die(void)", "\tbust_spinlocks(1);", ...off)).toEqual([
    "audit no-sleep-in-atomic",
  ]);
  const locked = ["\tspin_lock(&lock);", "\tmsleep(1);", "\tspin_unlock(&lock);"];
  expect(await sleepIn("void __init set_up(void)", ...locked)).toEqual(["hard no-sleep-in-atomic"]);
});

test("what a callee asks of its flags and another constant is open: a hint", async () => {
  const helper =
    "static void wait(struct trans *t, int flags)\n{\n\tif (flags & T_WAIT)\n\t\tmsleep(1);\n}\n";
  const call = (flags: string) => [
    "\tspin_lock(&t->lock);",
    `\twait(t, ${flags});`,
    "\tspin_unlock(&t->lock);",
  ];
  const head = `${helper}void f(struct trans *t)`;
  expect(await sleepIn(head, ...call("T_ALL"))).toEqual(["audit no-sleep-in-atomic"]);
  expect(await sleepIn(head, ...call("T_WAIT"))).toEqual(["hard no-sleep-in-atomic"]);
  expect(await sleepIn(head, ...call("0"))).toEqual([]);
});

test("a lock that is taken again is a hint where another name of it was released", async () => {
  const body = (between: string) => [
    "\tstruct line *line;",
    "\tmutex_lock(&t->line->lock);",
    "\tline = begin(t);",
    `\t${between}`,
    "\tmutex_lock(&t->line->lock);",
    "\tmutex_unlock(&t->line->lock);",
    "\treturn 0;",
  ];
  expect(await found(...body("mutex_unlock(&line->lock);"))).toEqual(["audit double-lock"]);
  expect(await found(...body("mutex_unlock(&line->other);"))).toEqual(["hard double-lock"]);
});

test("a release that a pointer decides on which a callee fills in is a hint: where it failed there may be no object", async () => {
  const text = `static int find(struct table *t, struct box **out)
{
	struct box *b = first_of(t);

	if (!b)
		return -ENOENT;
	spin_lock(&b->lock);
	*out = b;
	return 0;
}

int drop(struct table *t)
{
	struct box *b = NULL;
	int err = find(t, &b);

	if (b)
		spin_unlock(&b->lock);
	return err;
}
`;
  const { findings } = await checkSource({ file: "f.c", text });
  expect(findings).toEqual([]);
});

import { expect, test } from "vitest";
import { checkSource } from "./check.ts";
import { oneForEachMistake } from "./mistakes.ts";

const mistakesIn = async (text: string) => {
  const { findings } = await checkSource({ file: "a.c", text }, { causes: true });
  return oneForEachMistake(findings);
};

const linesFound = async (...body: readonly string[]) => {
  const text = ["void f(struct ring *r)", "{", "\tint i;", ...body, "}", ""].join("\n");
  return (await mistakesIn(text)).map(({ line, consequences = [] }) => [
    line,
    ...consequences.map((each) => each.line),
  ]);
};

test("a release that no acquisition follows is found once, where it runs again", async () => {
  const loop = ["\tfor (i = 0; i < r->n; i++) {", "\t\tspin_unlock(&r->lock);", "\t\tif (handle(r, i))"];
  const rest = ["\t\t\tcontinue;", "\t\tspin_lock(&r->lock);", "\t}", "\tspin_unlock(&r->lock);"];
  expect(await linesFound("\tspin_lock(&r->lock);", ...loop, ...rest)).toEqual([[6, 11]]);
});

test("releases behind one that comes too early are one mistake", async () => {
  const twice = ["\tspin_unlock(&r->lock);", "\tif (r->n)", "\t\tspin_unlock(&r->lock);"];
  const other = ["\telse", "\t\tspin_unlock(&r->lock);"];
  expect(await linesFound("\tspin_lock(&r->lock);", ...twice, ...other)).toEqual([[7, 9]]);
});

const LOCKED = ["\tspin_lock(&r->lock);", "\tr->n++;"];

test("a lost release is one mistake with what it leads to, where it sleeps, is taken again and kept", async () => {
  const body = [
    "\tfor (i = 0; i < r->n; i++) {",
    ...LOCKED,
    "\t\tif (!r->full) {",
    "\t\t\tspin_unlock(&r->lock);",
  ];
  const rest = ["\t\t\tcontinue;", "\t\t}", "\t\tmsleep(1);", "\t}"];
  expect(await linesFound(...body, ...rest)).toEqual([[11, 5]]);
});

test("a return that keeps two locks is one mistake", async () => {
  const text = `static int f(struct box *b, struct box *c)
{
	mutex_lock(&b->lock);
	if (b != c)
		mutex_lock(&c->lock);
	if (c->full)
		return -ENOSPC;
	if (b != c)
		mutex_unlock(&c->lock);
	mutex_unlock(&b->lock);
	return 0;
}
`;
  expect(await mistakesIn(text)).toMatchObject([
    { line: 7, lock: "b->lock", confidence: "hard", consequences: [{ line: 7, lock: "c->lock" }] },
  ]);
});

test("calls on two ways that sleep under a lock which is released behind them are two mistakes", async () => {
  const either = ["\tif (r->full)", "\t\tmsleep(1);", "\telse", "\t\tmsleep(2);"];
  expect(await linesFound(...LOCKED, ...either, "\tspin_unlock(&r->lock);")).toEqual([[7], [9]]);
});

test("a helper that is wrong itself is told with its callers", async () => {
  const helper =
    "static void put(struct ring *r)\n{\n\tspin_unlock(&r->lock);\n\tspin_unlock(&r->lock);\n}\n";
  const caller = (name: string) =>
    `static void ${name}(struct ring *r)\n{\n\tspin_lock(&r->lock);\n\tput(r);\n\tspin_unlock(&r->lock);\n}\n`;
  const mistakes = await mistakesIn(helper + caller("one") + caller("two"));
  expect(mistakes.map((each) => each.function)).toEqual(["put"]);
});

test("functions of which nothing is known are suspects where they are given what the lock belongs to", async () => {
  const text =
    "void f(struct ring *r)\n{\n\tspin_lock(&r->lock);\n\thandle(r);\n\tmsleep(1);\n\tspin_unlock(&r->lock);\n}\n";
  expect(await mistakesIn(text)).toMatchObject([{ line: 5, suspects: ["handle"], story: { taken: 3 } }]);
});

test("no suspect is what only writes to the log or registers, nor what no way to the exit passes", async () => {
  const body = ["\tspin_lock(&r->lock);", '\tdev_dbg(r->dev, "%p", r);', "\twritel(1, r->base);"];
  const rest = ["\tif (r->full)", "\t\treturn;", "\thandle(r);", "\tspin_unlock(&r->lock);"];
  const [mistake] = await mistakesIn(["void f(struct ring *r)", "{", ...body, ...rest, "}", ""].join("\n"));
  expect(mistake).toMatchObject({ line: 7, story: { taken: 3, skipped: 6, elsewhere: [9] } });
  expect(mistake).not.toHaveProperty("suspects");
});

test("an exit is told with the decision that leaves the ways on which the lock is released", async () => {
  const body = [
    "\tmutex_lock(&r->mutex);",
    "\tif (r->n == 1)",
    "\t\tr->full = 0;",
    "\tif (r->n > 4)",
    "\t\tgoto out;",
  ];
  const rest = ["\tmutex_unlock(&r->mutex);", "\treturn;", "out:", "\tr->n = 0;"];
  const found = await mistakesIn(["void f(struct ring *r)", "{", ...body, ...rest, "}", ""].join("\n"));
  expect(found).toMatchObject([{ story: { taken: 3, skipped: 6, elsewhere: [8] } }]);
});

test("a lock taken again is told with the decision that passes its release by", async () => {
  const loop = [
    "\tfor (i = 0; i < r->n; i++) {",
    "\t\tspin_lock(&r->lock);",
    "\t\tif (r->full)",
    "\t\t\tcontinue;",
  ];
  const text = [
    "void f(struct ring *r)",
    "{",
    "\tint i;",
    ...loop,
    "\t\tspin_unlock(&r->lock);",
    "\t}",
    "}",
    "",
  ];
  const found = await mistakesIn(text.join("\n"));
  expect(found).toMatchObject([{ rule: "double-lock", story: { taken: 5, skipped: 6, elsewhere: [8] } }]);
});

test("what is released behind a sleep is not skipped", async () => {
  const body = [
    "\tspin_lock(&r->lock);",
    "\tif (r->n) {",
    "\t\tspin_unlock(&r->lock);",
    "\t\treturn;",
    "\t}",
  ];
  const rest = ["\tmsleep(1);", "\tspin_unlock(&r->lock);"];
  const [mistake] = await mistakesIn(["void f(struct ring *r)", "{", ...body, ...rest, "}", ""].join("\n"));
  expect(mistake?.story).toEqual({ taken: 3 });
});

const POLL = "static void poll(struct ring *r)\n{\n\twhile (r->busy)\n\t\tmsleep(1);\n}\n";
const underLock = (name: string, lock: string, call: string) =>
  `static void ${name}(struct ring *r)\n{\n\tspin_lock(&r->${lock});\n\t${call}\n\tspin_unlock(&r->${lock});\n}\n`;

test("what sleeps by one call of a helper under one lock is one mistake", async () => {
  const flush = "static void flush(struct ring *r)\n{\n\tr->n = 0;\n\tpoll(r);\n}\n";
  const callers = underLock("one", "lock", "poll(r);") + underLock("two", "lock", "flush(r);");
  expect(await mistakesIn(POLL + flush + callers)).toMatchObject([
    { function: "one", consequences: [{ function: "two" }] },
  ]);
});

test("under two locks, or by two calls, it is two mistakes", async () => {
  const locks = underLock("one", "lock", "poll(r);") + underLock("two", "other", "poll(r);");
  expect((await mistakesIn(POLL + locks)).map((each) => each.function)).toEqual(["one", "two"]);
  const wait = "static void wait(struct ring *r)\n{\n\tif (r->n)\n\t\tflush_work(&r->work);\n}\n";
  const calls = underLock("one", "lock", "poll(r);") + underLock("two", "lock", "wait(r);");
  expect((await mistakesIn(POLL + wait + calls)).map((each) => each.function)).toEqual(["one", "two"]);
});

test("a finding names the call that was seen to sleep, not one that is given other flags", async () => {
  const fill =
    "static void fill(struct ring *r, gfp_t gfp)\n{\n\tr->a = kmalloc(8, gfp);\n\tr->b = kmalloc(8, GFP_KERNEL);\n}\n";
  const [found] = await mistakesIn(fill + underLock("one", "lock", "fill(r, GFP_ATOMIC);"));
  expect(found?.message).toMatch(/fill\(\) -> kmalloc\(\) at line 4, under r->lock$/);
});

test("a call that sleeps under a lock of a handler is told once", async () => {
  const text =
    'static irqreturn_t box_irq(int irq, void *dev)\n{\n\tstruct box *b = dev;\n\n\tspin_lock(&b->lock);\n\tmsleep(1);\n\tspin_unlock(&b->lock);\n\treturn IRQ_HANDLED;\n}\nint box_start(struct box *b)\n{\n\treturn request_irq(3, box_irq, 0, "box", b);\n}\n';
  const { findings } = await checkSource({ file: "box.c", text }, { causes: true });
  expect(findings.map(({ rule }) => rule)).toEqual(["no-sleep-in-atomic", "atomic-context"]);
  expect(oneForEachMistake(findings).map(({ rule }) => rule)).toEqual(["no-sleep-in-atomic"]);
});

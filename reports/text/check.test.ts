import { expect, test } from "vitest";
import { checkSource } from "../../functions/check.ts";
import { reported } from "../testing/source.ts";
import { checkText } from "./check.ts";

const textOf = async (...body: readonly string[]) => {
  const text = ["int f(struct ring *r, int n)", "{", ...body, "}", ""].join("\n");
  return checkText(reported(await checkSource({ file: "ring.c", text }, { causes: true })), {});
};

test("a finding tells where its lock is taken, where its release is skipped, and where the rule is broken", async () => {
  const exit = ["\tmutex_lock(&r->mutex);", "\tif (n < 0)", "\t\treturn -EINVAL;"];
  const told = await textOf(...exit, "\tmutex_unlock(&r->mutex);", "\treturn 0;");
  expect(told.split("\n").slice(1, 4)).toEqual([
    "        3  mutex_lock(&r->mutex);   <- taken here",
    "        4  if (n < 0)   <- n < 0 is true; release skipped: it is released at line 6",
    "        5  return -EINVAL;   <- violated here: still held",
  ]);
});

test("the cases that a switch has not are told on one line", async () => {
  const cases = ["\tspin_lock(&r->lock);", "\tswitch (n) {", "\tcase 1:", "\tcase 2:", "\t\tbreak;"];
  const others = ["\tdefault:", "\t\treturn -EINVAL;", "\t}", "\tspin_unlock(&r->lock);", "\treturn 0;"];
  const told = await textOf(...cases, ...others);
  expect(told).toContain("switch (n) {   <- none of the cases; release skipped");
  expect(told.match(/switch/g)).toHaveLength(1);
});

test("no more than twenty lines tell a finding, the lock's story among them", async () => {
  const steps = Array.from({ length: 30 }, (_, at) => [`\tif (r->a${at})`, `\t\treset(r->b${at});`]).flat();
  const told = await textOf(
    "\tspin_lock(&r->lock);",
    ...steps,
    "\tmsleep(1);",
    "\tspin_unlock(&r->lock);",
    "\treturn 0;",
  );
  const lines = told.split("\n").filter((line) => line.startsWith("    "));
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(lines[0]).toContain("taken here");
  expect(told).toContain("msleep(1);   <- violated here: may sleep");
});

test("what stands before the lock is taken is left out but for one decision, and the callee that breaks the rule is named", async () => {
  const before = ["\tif (n < 0)", "\t\treturn -EINVAL;", "\tif (r->b)", "\t\treturn -EBUSY;"];
  const text = [
    ...[
      "static void put(struct ring *r)",
      "{",
      "\tspin_lock(&r->lock);",
      "\tr->n--;",
      "\tspin_unlock(&r->lock);",
      "}",
    ],
    ...[
      "int f(struct ring *r, int n)",
      "{",
      ...before,
      "\tspin_lock(&r->lock);",
      "\tput(r);",
      "\tspin_unlock(&r->lock);",
    ],
    ...["\treturn n;", "}", ""],
  ].join("\n");
  const told = checkText(reported(await checkSource({ file: "ring.c", text }, { causes: true })), {});
  expect(told.split("\n").slice(1, 4)).toEqual([
    expect.stringMatching(/^ +11 {2}if \(r->b\) {3}<- r->b is \w+$/),
    "       13  spin_lock(&r->lock);   <- taken here",
    "       14  put(r);   <- violated here: taken again, by put()",
  ]);
});

const GIVES_BACK = `
static int send(struct ring *r, struct msg *m)
{
	if (reserve(r) < 0)
		return -ENOMEM;
	r->n++;
	spin_unlock(&r->lock);
	return 0;
}
`;

test("of a callee that does not release the lock, the return is told that does not", async () => {
  const text = `${GIVES_BACK}
static void push(struct ring *r, struct msg *m)
{
	spin_lock(&r->lock);
	send(r, m);
	put(m);
}
`;
  const told = checkText(reported(await checkSource({ file: "ring.c", text }, { causes: true })), {});
  expect(told.split("\n").slice(1, 5)).toEqual([
    "       13  spin_lock(&r->lock);   <- taken here",
    "       14  send(r, m);   <- send() returns -ENOMEM; release skipped: send() releases the lock on its other returns",
    "        4  if (reserve(r) < 0)   <- reserve(r) < 0 is true; in send()",
    "        5  return -ENOMEM;   <- send() returns here without releasing or taking the lock",
  ]);
});

test("a call that a macro stands for is named, and what it sleeps by", async () => {
  const text = `
#define ring_set(r, v) do { if ((r)->ctrl) v4l2_ctrl_s_ctrl((r)->ctrl, v); } while (0)
static void mute(struct ring *r)
{
	spin_lock(&r->lock);
	ring_set(r, 1);
	spin_unlock(&r->lock);
}
`;
  const told = checkText(reported(await checkSource({ file: "ring.c", text }, { causes: true })), {});
  expect(told).toContain(
    "in atomic context: ring_set() -> v4l2_ctrl_s_ctrl() -> mutex_lock(), under r->lock [no-sleep-in-atomic]",
  );
});

test("what forbids to sleep is told in words where it is no lock", async () => {
  const told = await textOf("\tlocal_irq_disable();", "\tmsleep(1);", "\tlocal_irq_enable();", "\treturn 0;");
  expect(told).toContain("in atomic context: msleep(), with interrupts disabled [no-sleep-in-atomic]");
});

test.each([
  ["the body of which is in sight", "own(r);"],
  ["that only leads to another object", "ring_pi(r)->n++;"],
  ["that is a macro by its name", "RING_DBG(r, 1);"],
  ["that is given a number of the object alone", "r->n = ring_mask(r->width);"],
  ["that asks the object something", "r->n = ring_is_full(r);"],
])("no suspect is a call %s", async (_, call) => {
  const text = `
static void own(struct ring *r)
{
	r->n++;
}
static void f(struct ring *r)
{
	spin_lock(&r->lock);
	${call}
	ring_flush(r);
	msleep(1);
	spin_unlock(&r->lock);
}
`;
  const { findings } = await checkSource({ file: "ring.c", text }, { causes: true });
  expect(findings.map(({ suspects }) => suspects)).toEqual([["ring_flush"]]);
});

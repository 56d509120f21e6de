import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

const SLOT = `struct slot { spinlock_t lock; struct mutex mutex; struct list_head node; struct slot *next; };
int busy(struct slot *s);
`;

async function checked(body: string, head = "int f(struct slot *s, int n)") {
  const text = `${SLOT}${head}\n{\n\tstruct slot *p, *q;\n\tint i, j, err;\n\n${body}\n}\n`;
  const { findings, bounds } = await checkSource({ file: "f.c", text });
  return { findings: findings.map(({ rule, line }) => `${rule} ${line}`), bounds };
}

const TAKE = "\tfor (i = 0; i < n; i++)\n\t\tspin_lock(&s[i].lock);\n";
const GIVE = "\tfor (i = 0; i < n; i++)\n\t\tspin_unlock(&s[i].lock);\n";

describe("of the locks that a loop takes and another gives back, none is kept on a way out between", () => {
  test.each<[string, string, number]>([
    ["a return between", `${TAKE}\tif (busy(s))\n\t\treturn -EBUSY;\n${GIVE}\treturn 0;`, 11],
    ["a jump over", `${TAKE}\tif (busy(s))\n\t\tgoto out;\n${GIVE}out:\n\treturn 0;`, 15],
    [
      "by another index",
      `${TAKE}\tif (busy(s))\n\t\treturn -EBUSY;\n\tfor (j = n - 1; j >= 0; j--)\n\t\tspin_unlock(&s[j].lock);\n\treturn 0;`,
      11,
    ],
    [
      "of a list",
      `\tlist_for_each_entry(p, &s->node, node)\n\t\tmutex_lock(&p->mutex);\n\tif (busy(s))\n\t\treturn -EBUSY;\n\tlist_for_each_entry(q, &s->node, node)\n\t\tmutex_unlock(&q->mutex);\n\treturn 0;`,
      11,
    ],
    [
      "by a cursor",
      `\tfor (p = s; p; p = p->next)\n\t\tspin_lock(&p->lock);\n\tif (busy(s))\n\t\treturn -EBUSY;\n\tfor (p = s; p; p = p->next)\n\t\tspin_unlock(&p->lock);\n\treturn 0;`,
      11,
    ],
    [
      "in loops within loops",
      `\tfor (i = 0; i < n; i++)\n\t\tfor (j = 0; j < 4; j++)\n\t\t\tspin_lock(&s[i + j].lock);\n\tif (busy(s))\n\t\treturn -EBUSY;\n\tfor (i = 0; i < n; i++)\n\t\tfor (j = 0; j < 4; j++)\n\t\t\tspin_unlock(&s[i + j].lock);\n\treturn 0;`,
      12,
    ],
    [
      "where one is not got",
      `\tfor (i = 0; i < n; i++) {\n\t\tif (!spin_trylock(&s[i].lock))\n\t\t\treturn -EBUSY;\n\t}\n${GIVE}\treturn 0;`,
      10,
    ],
    [
      "where only the last is given back",
      `\tfor (i = 0; i < n; i++) {\n\t\tspin_lock(&s[i].lock);\n\t\tif (busy(&s[i])) {\n\t\t\tspin_unlock(&s[i].lock);\n\t\t\treturn -EBUSY;\n\t\t}\n\t}\n${GIVE}\treturn 0;`,
      12,
    ],
  ])("%s", async (_name, body, line) => {
    expect(await checked(body)).toEqual({ findings: [`exit-imbalance ${line}`], bounds: [] });
  });

  test("nothing sleeps between the loops", async () => {
    expect((await checked(`${TAKE}\tmsleep(1);\n${GIVE}\treturn 0;`)).findings).toEqual([
      "no-sleep-in-atomic 10",
    ]);
  });
});

describe("it is a bound", () => {
  test("where a loop fails that only takes them", async () => {
    const body =
      "\tfor (i = 0; i < n; i++) {\n\t\terr = mutex_lock_interruptible(&s[i].mutex);\n\t\tif (err)\n\t\t\treturn -EINTR;\n\t}\n\treturn 0;";
    expect(await checked(body)).toEqual({
      findings: [],
      bounds: [expect.stringContaining("f.c:11: f(): s[i].mutex")],
    });
  });

  test("where the loop begins anew", async () => {
    const { bounds } = await checked(`again:\n${TAKE}\tif (busy(s))\n\t\tgoto again;\n${GIVE}\treturn 0;`);
    expect(bounds).toEqual([expect.stringContaining("f.c:10: f(): s[i].lock")]);
  });

  test("where a function of the source gives them back on one way", async () => {
    const helper = `static void give(struct slot *s, int n)\n{\n\tint i;\n\n${GIVE}}\n\n`;
    const body = `${TAKE}\tif (busy(s)) {\n\t\tgive(s, n);\n\t\treturn -EBUSY;\n\t}\n${GIVE}\treturn 0;`;
    const { findings, bounds } = await checked(body, `${helper}int f(struct slot *s, int n)`);
    expect(findings).toEqual([]);
    expect(bounds).toEqual([expect.stringContaining("give()")]);
  });
});

describe("nothing is said", () => {
  test.each<[string, string]>([
    ["where all are given back", `${TAKE}\tbusy(s);\n${GIVE}\treturn 0;`],
    [
      "where those taken are given back on failure",
      `\tfor (i = 0; i < n; i++) {\n\t\tif (!spin_trylock(&s[i].lock))\n\t\t\tgoto undo;\n\t}\n${GIVE}\treturn 0;\nundo:\n\twhile (--i >= 0)\n\t\tspin_unlock(&s[i].lock);\n\treturn -EBUSY;`,
    ],
    [
      "or in the loop",
      `\tfor (i = 0; i < n; i++) {\n\t\tif (!spin_trylock(&s[i].lock)) {\n\t\t\twhile (i--)\n\t\t\t\tspin_unlock(&s[i].lock);\n\t\t\treturn -EBUSY;\n\t\t}\n\t}\n${GIVE}\treturn 0;`,
    ],
    [
      "where as many are given back as were got",
      `\terr = 0;\n\tfor (i = 0; i < n && !err; i++)\n\t\terr = mutex_lock_interruptible(&s[i].mutex);\n\tif (err)\n\t\ti--;\n\twhile (i--)\n\t\tmutex_unlock(&s[i].mutex);\n\treturn err;`,
    ],
    [
      "where it begins anew without them",
      `again:\n${TAKE}\tif (busy(s)) {\n${GIVE}\t\tgoto again;\n\t}\n${GIVE}\treturn 0;`,
    ],
    [
      "where both depend on one condition",
      `\tif (n > 1)\n${TAKE}\tbusy(s);\n\tif (n > 1)\n${GIVE}\treturn 0;`,
    ],
    [
      "in loops within loops",
      `\tfor (i = 0; i < n; i++)\n\t\tfor (j = 0; j < 4; j++)\n\t\t\tspin_lock(&s[i + j].lock);\n\tfor (i = 0; i < n; i++)\n\t\tfor (j = 0; j < 4; j++)\n\t\t\tspin_unlock(&s[i + j].lock);\n\treturn 0;`,
    ],
    [
      "where each is given back before the next is taken",
      `\tfor (i = 0; i < n; i++) {\n\t\tspin_lock(&s[i].lock);\n\t\tif (busy(&s[i])) {\n\t\t\tspin_unlock(&s[i].lock);\n\t\t\treturn -EBUSY;\n\t\t}\n\t\tspin_unlock(&s[i].lock);\n\t}\n\treturn 0;`,
    ],
  ])("%s", async (_name, body) => {
    expect(await checked(body)).toEqual({ findings: [], bounds: [] });
  });

  test("where the address of the locked one is returned", async () => {
    const body =
      "\tfor (i = 0; i < n; i++) {\n\t\tspin_lock(&s[i].lock);\n\t\tif (busy(&s[i]))\n\t\t\treturn &s[i];\n\t\tspin_unlock(&s[i].lock);\n\t}\n\treturn NULL;";
    const found = await checked(body, "struct slot *f(struct slot *s, int n)");
    expect(found).toEqual({ findings: [], bounds: [] });
  });
});

test("another lock of the same name that is held beside such loops is told apart", async () => {
  const text = `bool slots_trylock(struct slot *s)
{
	struct slot *p;

	if (!mutex_trylock(&s->mutex))
		return 0;
	list_for_each_entry(p, &s->node, node)
		if (!mutex_trylock(&p->mutex))
			goto unlock;
	return 1;
unlock:
	list_for_each_entry_continue_reverse(p, &s->node, node)
		mutex_unlock(&p->mutex);
	mutex_unlock(&s->mutex);
	return 0;
}
`;
  expect((await checkSource({ file: "f.c", text })).findings).toEqual([]);
});

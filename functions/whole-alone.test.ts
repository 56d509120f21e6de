import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** What hunks alone show otherwise: these are judged whole, and are no fixtures, which are cut into diffs as well. */
const found = async (text: string) => {
  const { findings } = await checkSource({ file: "box.c", text });
  return findings.map(({ rule, function: name, line }) => `${line}: ${rule} in ${name}`);
};

test("a parameter with the name of a kernel call is called, not that call", async () => {
  const text = `static int calls_a_parameter(struct box *box, int (*down)(struct box *), int (*msleep)(int))
{
\tint err;

\tspin_lock(&box->lock);
\terr = (*down)(box);
\tif (!err)
\t\terr = msleep(1);
\tspin_unlock(&box->lock);
\treturn err;
}
`;
  expect(await found(text)).toEqual([]);
});

test("a prototype tells of an RCU section that a callee enters", async () => {
  const text = `int table_insert(struct table *t) __acquires(RCU);
static struct entry *finds_an_entry(struct table *t)
\t__acquires(RCU)
{
\tif (t->count > 3) {
\t\trcu_read_lock();
\t\treturn NULL;
\t}
\tif (table_insert(t))
\t\treturn NULL;
\treturn t->last;
}
static void leaves_twice(struct table *t)
{
\tfinds_an_entry(t);
\trcu_read_unlock();
\trcu_read_unlock();
}
`;
  expect(await found(text)).toEqual(["17: rcu-balanced in leaves_twice"]);
});

test("a cache that a helper chooses by a constant is released once", async () => {
  const text = `static void cache_lock(struct box *box, int which)
{
\tspin_lock(&box->cache[which].lock);
}
static void cache_unlock(struct box *box, int which)
{
\tspin_unlock(&box->cache[which].lock);
}
static void releases_it_twice(struct box *box)
{
\tcache_lock(box, CACHE_LOW);
\tbox->count++;
\tcache_unlock(box, CACHE_LOW);
\tcache_unlock(box, CACHE_LOW);
}
`;
  expect(await found(text)).toEqual(["14: double-unlock in releases_it_twice"]);
});

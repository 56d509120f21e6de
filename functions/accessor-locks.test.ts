import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

const HEAD = `struct box { spinlock_t lock; spinlock_t other; struct work_struct work; int n; };
static inline struct box *box_of(struct net_device *dev)
{
	return netdev_priv(dev);
}
static struct box *box_in(struct net_device *dev)
{
	struct box *b = box_of(dev);

	return b;
}
#define dev_box(d) ((struct box *)netdev_priv(d))
#define work_box(w) container_of(w, struct box, work)
`;
const fill = (get: string, ...body: readonly string[]) =>
  `static void fill(struct net_device *dev)\n{\n\tstruct box *b = ${get};\n\n${body.map((each) => `\t${each}\n`).join("")}}\n`;
const LOCKED = ["spin_lock(&b->lock);", "b->n++;", "spin_unlock(&b->lock);"];
const around = (get: string, call: string) =>
  `void f(struct net_device *dev)\n{\n\tstruct box *box = ${get};\n\n\tspin_lock(&box->lock);\n\t${call}\n\tspin_unlock(&box->lock);\n}\n`;

/** What callees are told to take again. */
async function takenAgain(text: string): Promise<readonly string[]> {
  const { unknownLocks = [], findings } = await checkSource({ file: "f.c", text: HEAD + text });
  expect(findings).toEqual([]);
  return unknownLocks.flatMap(({ function: name, callee, callback }) =>
    callback === undefined ? [] : `${name}() ${callee}() ${callback}`,
  );
}

const AGAIN = ["f() fill() takes a lock like box->lock, which is held there, by an accessor"];

describe("a callee that takes the lock again, which it reaches by an accessor of its argument, is a bound", () => {
  test.each([
    ["by the same accessor", "netdev_priv(dev)", "netdev_priv(dev)"],
    ["by one of the source", "box_of(dev)", "netdev_priv(dev)"],
    ["the other way round", "netdev_priv(dev)", "box_of(dev)"],
    ["by an accessor of an accessor", "box_in(dev)", "netdev_priv(dev)"],
    ["by a macro", "dev_box(dev)", "box_of(dev)"],
    ["behind a cast", "(struct box *)netdev_priv(dev)", "netdev_priv(dev)"],
    ["by one of another file", "to_box(dev)", "to_box(dev)"],
  ])("%s", async (_, inner, outer) => {
    expect(await takenAgain(fill(inner, ...LOCKED) + around(outer, "fill(dev);"))).toEqual(AGAIN);
    expect(
      await takenAgain(fill(inner, "if (b->n)", "\treturn;", ...LOCKED) + around(outer, "fill(dev);")),
    ).toEqual(AGAIN);
  });

  test("two levels down, by a condition, and by a helper that is given the object", async () => {
    const deeper = "static void refill(struct net_device *d, int n)\n{\n\tif (n)\n\t\tfill(d);\n}\n";
    const text = fill("netdev_priv(dev)", ...LOCKED) + deeper;
    expect(await takenAgain(text + around("netdev_priv(dev)", "refill(dev, 1);"))).toEqual([
      expect.stringContaining("f() refill() takes a lock like box->lock"),
    ]);
    const helper =
      "static void add(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tb->n++;\n\tspin_unlock(&b->lock);\n}\n";
    expect(
      await takenAgain(helper + fill("netdev_priv(dev)", "add(b);") + around("box_of(dev)", "fill(dev);")),
    ).toEqual(AGAIN);
  });

  test.each(["container_of(w, struct box, work)", "work_box(w)"])(
    "as the container of a member: %s",
    async (get) => {
      const work = `static void work_fn(struct work_struct *w)\n{\n\tstruct box *b = ${get};\n\n\tspin_lock(&b->lock);\n\tb->n++;\n\tspin_unlock(&b->lock);\n}\n`;
      const text = (member: string) =>
        `${work}void f(struct box *box)\n{\n\tspin_lock(&box->lock);\n\twork_fn(&box->${member});\n\tspin_unlock(&box->lock);\n}\n`;
      expect(await takenAgain(text("work"))).toEqual([
        expect.stringContaining("work_fn() takes a lock like box->lock"),
      ]);
      expect(await takenAgain(text("later"))).toEqual([]);
    },
  );
});

test.each([
  [
    "takes another lock",
    "netdev_priv(dev)",
    ["spin_lock(&b->other);", "b->n++;", "spin_unlock(&b->other);"],
    "fill(dev);",
  ],
  ["is given another object", "netdev_priv(dev)", LOCKED, "fill(box->peer);"],
  [
    "only tries",
    "netdev_priv(dev)",
    ["if (!spin_trylock(&b->lock))", "\treturn;", "spin_unlock(&b->lock);"],
    "fill(dev);",
  ],
  ["makes the object", "alloc_box(dev)", LOCKED, "fill(dev);"],
  ["may have another one", "netdev_priv(dev)", ["b = b->next;", ...LOCKED], "fill(dev);"],
  [
    "is called once the lock is released",
    "netdev_priv(dev)",
    LOCKED,
    "spin_unlock(&box->lock);\n\tfill(dev);\n\tspin_lock(&box->lock);",
  ],
])("a callee that %s is none", async (_, get, body, call) => {
  const outer = get.startsWith("alloc") ? get : "netdev_priv(dev)";
  expect(await takenAgain(fill(get, ...body) + around(outer, call))).toEqual([]);
});

test("one that claims what may be claimed again is none", async () => {
  const text = fill("netdev_priv(dev)", ...LOCKED) + around("netdev_priv(dev)", "fill(dev);");
  expect(await takenAgain(text.replaceAll("spin_lock(", "down(").replaceAll("spin_unlock(", "up("))).toEqual(
    [],
  );
});

test("a variable that is named in what it gets is no reason to look forever", async () => {
  const text =
    fill("from_timer(b, dev, timer)", ...LOCKED) + around("from_timer(box, dev, timer)", "fill(dev);");
  expect(await takenAgain(text)).toEqual([]);
});

test("a callee that gives the lock up before it takes it back is none of those that take it again", async () => {
  const text = fill("netdev_priv(dev)", "spin_unlock(&b->lock);", "b->n++;", "spin_lock(&b->lock);");
  expect(await takenAgain(text + around("netdev_priv(dev)", "fill(dev);"))).toEqual([]);
});

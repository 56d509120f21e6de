import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** The callees with unknown effects in a source of one function `f` behind `others`, and its verdict's bounds. */
async function unknownIn(body: readonly string[], others = "") {
  const text = `${others}static int f(struct box *b, int (*fn)(void *))\n{\n${body.join("\n")}\n\treturn 0;\n}\n`;
  const { unknownLocks = [], bounds, assumed } = await checkSource({ file: "f.c", text });
  return { callees: unknownLocks.map(({ callee }) => callee), bounds, assumed };
}

describe("a call that may take a lock, with an unknown effect, is a bound", () => {
  test.each<[string, string[], string[]]>([
    ["a name with a lock's word", ["box_lock(b);"], ["box_lock"]],
    ["a macro's name", ["BOX_UNLOCK(b);"], ["BOX_UNLOCK"]],
    ["a trylock in a condition", ["if (!box_trylock(b)) return 1;"], ["box_trylock"]],
    [
      "a member through pointers",
      ["b->ops->lock(b);", "b->ops[1].unlock(b);"],
      ["b->ops->lock", "b->ops[1].unlock"],
    ],
    [
      "a variable that is called like a primitive",
      ["void (*spin_lock)(void *) = b->fn; spin_lock(b);"],
      ["spin_lock"],
    ],
    ["so by a type of pointers", ["lock_fn spin_lock = b->fn; spin_lock(b);"], ["spin_lock"]],
    ["a member that is called like a primitive", ["b->ops->spin_lock(b);"], ["b->ops->spin_lock"]],
    ["a pointer in parentheses", ["(*b->acquire)(b);"], ["b->acquire"]],
    ["a guard that the table lacks", ["guard(box)(b);"], ["guard(box)"]],
    ["a guard that may fail", ["if_not_guard(mutex_try, &b->m) return 1;"], ["if_not_guard(mutex_try)"]],
    ["an object of a guard", ["CLASS(mutex, held)(&b->m);"], ["CLASS(mutex)"]],
    ["a pointer that is named for what it does", ["(*b->unlockfn)(b);"], ["b->unlockfn"]],
    ["an element whose index tells", ["b->fn[UNLOCK](b);"], ["b->fn[UNLOCK]"]],
    ["a pointer cast to a type that tells", ["((unlock_fn)b->fn)(b);"], ["((unlock_fn)b->fn)"]],
    ["one of two", ["(b->n ? box_lock : box_unlock)(b);"], ["(b->n?box_lock:box_unlock)"]],
    ["one of two primitives", ["(b->n ? spin_lock : spin_unlock)(&b->l);"], ["(b->n?spin_lock:spin_unlock)"]],
    ["the last of a comma expression", ["(0, spin_lock)(&b->l);"], ["(0,spin_lock)"]],
    ["the value of a statement expression", ["({ spin_lock; })(&b->l);"], ["({spin_lock;})"]],
    [
      "a choice by a builtin",
      ["__builtin_choose_expr(0, f, box_unlock)(b);"],
      ["__builtin_choose_expr(0,f,box_unlock)"],
    ],
    ["a static call", ["static_call(box_lock)(b);"], ["static_call(box_lock)"]],
    ["a member of what a call returns", ["ops(b)->lock(b);"], ["ops(b)->lock"]],
    [
      "a bit that is named like a lock",
      ["if (test_and_set_bit(BOX_LOCKED, &b->flags)) return 1;", "clear_bit(BOX_LOCKED, &b->flags);"],
      ["test_and_set_bit", "clear_bit"],
    ],
    [
      "a word that is named like a lock",
      ["while (cmpxchg(&b->lock, 0, 1)) ;", "xchg(&b->lock, 0);"],
      ["cmpxchg", "xchg"],
    ],
    ["both halves of a pair", ["clk_box_begin(b);", "clk_box_end(b);"], ["clk_box_begin", "clk_box_end"]],
    ["begin and done", ["box_begin(b);", "box_done(b);"], ["box_begin", "box_done"]],
    [
      "a semaphore's words",
      ["box_down_read(&b->s);", "box_up_read(&b->s);"],
      ["box_down_read", "box_up_read"],
    ],
    ["a lock of an inode's kind", ["box_ilock(b, 1);", "box_iunlock(b, 1);"], ["box_ilock", "box_iunlock"]],
    ["enter and exit", ["box_enter(b->a, 1);", "box_exit(b->a);"], ["box_enter", "box_exit"]],
  ])("%s", async (_, body, callees) => {
    const found = await unknownIn(body);
    expect(found.callees).toEqual(callees);
    expect(found.bounds).toHaveLength(callees.length);
    expect(found.bounds[0]).toBe(`f.c:3: f(): the effect of ${callees[0]}() on locks is unknown`);
  });

  test.each([
    ["a macro without arguments", "LOCK_BOX;", "LOCK_BOX"],
    ["assembly that calls", 'asm volatile("call box_spin_lock" : : "D"(b));', "asm(box_spin_lock)"],
    ["assembly by its other name", '__asm__("bl %0\\n unlock_box" : : "r"(b));', "asm(unlock_box)"],
  ])("%s", async (_, statement, name) => {
    expect((await unknownIn([statement])).bounds).toEqual([
      `f.c:3: f(): the effect of ${name} on locks is unknown`,
    ]);
  });

  test.each([
    ["an atomic instruction", 'asm volatile("lock; incl %0" : "+m"(b->n));'],
    ["one behind a prefix", 'asm volatile(LOCK_PREFIX "incl %0" : "+m"(b->n));'],
    ["a variable that stands alone", "lock;"],
  ])("%s is no lock", async (_, statement) => {
    expect((await unknownIn([statement])).bounds).toEqual([]);
  });

  test("what macros of the file call, where they are used", async () => {
    const others =
      "#define GRAB(b) \\\n\tpool_lock(&(b)->pool)\n#define TAKE pool_lock\n#define KNOWN(b) spin_lock(&(b)->lock)\n";
    const { callees, bounds } = await unknownIn(["GRAB(b);", "TAKE(b->p);", "KNOWN(b);"], others);
    expect(callees).toEqual(["pool_lock", "pool_lock"]);
    expect(bounds[0]).toBe("f.c:7: f(): the effect of pool_lock() on locks is unknown");
  });

  test("helpers of the file that only take, by calls with unknown effects", async () => {
    const others = "static void grab(struct box *b)\n{\n\tbox_lock(b);\n\tb->n++;\n}\n";
    expect((await unknownIn(["grab(b);"], others)).callees).toEqual(["box_lock", "grab"]);
  });

  test("helpers of the file whose summary loses what they take", async () => {
    const others =
      "static void lock_all(struct box *b)\n{\n\tstruct box *i;\n\n\tfor (i = b; i; i = i->next)\n\t\tmutex_lock(&i->m);\n}\n";
    expect((await unknownIn(["lock_all(b);"], others)).callees).toEqual(["lock_all"]);
  });
});

describe("a helper of the file that is named like a lock", () => {
  const helper = (...body: readonly string[]) =>
    `static int box_lock(struct box *b)\n{\n${body.join("\n")}\n}\n`;

  test.each([
    ["sets a bit", "while (test_and_set_bit(0, &b->flags)) ;"],
    ["writes to the device", "b->ops->write(b, 3);"],
    ["calls what is not in sight", "box_claim(b);"],
    ["stores what it will", "b->busy = 1;"],
  ])("and %s is unknown where it is called", async (_, body) => {
    expect((await unknownIn(["box_lock(b);"], helper(body))).callees).toEqual(["box_lock"]);
  });

  test.each([
    ["does nothing", "return 0;"],
    ["looks", "return b->n + WARN_ON(!b);"],
    ["takes a lock and gives it back", "spin_lock(&b->l);\n\tb->n++;\n\tspin_unlock(&b->l);"],
  ])("and %s is known", async (_, body) => {
    expect((await unknownIn(["box_lock(b);"], helper(body))).callees).toEqual([]);
  });
});

describe("a function that changes locks and is handed on", () => {
  const helper = "static void drop(struct box *b)\n{\n\tspin_unlock(&b->l);\n}\n";

  test.each<[string, string, string[]]>([
    ["to a call", "run(spin_unlock, &b->l);", ["spin_unlock"]],
    ["by its address", "run(b, &spin_unlock);", ["spin_unlock"]],
    ["into a variable", "fn = spin_lock;", ["spin_lock"]],
    ["by choice", "fn = b->n ? spin_lock : drop;", ["spin_lock", "drop"]],
    ["as a helper of the file", "run(drop, b);", ["drop"]],
    ["as a function that is not in sight, by its name", "run(box_unlock, b);", ["box_unlock"]],
    ["as a lock that is not in sight, to be called", "run_with(b, box_lock);", ["box_lock"]],
    ["through two types", "((void (*)(void *))(void *)drop)(b);", ["drop"]],
    ["by another type, into a variable", "fn = (int (*)(void *))spin_lock;", ["spin_lock"]],
    ["by its address and another type", "fn = (fn_t)&spin_lock;", ["spin_lock"]],
    ["in an array", "fn_t fns[] = { (fn_t)spin_lock };", ["spin_lock"]],
  ])("%s is named", async (_, statement, callees) => {
    const found = await unknownIn([statement], helper);
    expect(found.callees).toEqual(callees);
    expect(found.bounds[0]).toBe(`f.c:7: f(): ${callees[0]}() is handed on, and who calls it is unknown`);
  });

  test.each([
    ["a variable of that name", "bool down = b->n; run(down, b);"],
    ["a label", "goto up; up: run(b);"],
    ["a member", "run(b->spin_lock, b.up);"],
    ["one that is compared", "if (fn == drop || fn != spin_lock) b->n++;"],
    ["a lock", "run(&b->lock, &box_lock);"],
    ["what is called by another type", "((void (*)(spinlock_t *))spin_lock)(&b->l);"],
    ["what is called by the name of a type", "((fn_t)spin_lock)(&b->l); (*spin_unlock)(&b->l);"],
  ])("%s is none", async (_, statement) => {
    expect((await unknownIn([statement], helper)).callees).toEqual([]);
  });
});

describe("no bound", () => {
  test.each<[string, string[], string?]>([
    ["a primitive", ["spin_lock(&b->lock);", "spin_unlock(&b->lock);"]],
    ["what sets a lock up", ["spin_lock_init(&b->lock);"]],
    ["memory order", ["smp_store_release(&b->n, 1);", "b->n = smp_load_acquire(&b->m);"]],
    ["a name with a lock's word in another word", ["block_box(b);", "clock_box(b);", "unlocked(b);"]],
    ["one half of a pair", ["box_begin(b);"]],
    ["halves of a pair with different arguments", ["box_begin(b->a);", "box_end(b->b);"]],
    ["accessors that look like a pair", ["b->n = box_start_pfn(b);", "b->m = box_end_pfn(b);"]],
    ["a guard of the table", ["guard(mutex)(&b->m);"]],
    ["an object that is no lock", ["CLASS(fd, file)(b->fd);"]],
    [
      "a helper with both sides",
      ["touch(b);"],
      "static void touch(struct box *b)\n{\n\tspin_lock(&b->l);\n\tspin_unlock(&b->l);\n}\n",
    ],
    [
      "a helper that its summary tells",
      ["box_lock(b);"],
      "static void box_lock(struct box *b)\n{\n\tspin_lock(&b->l);\n}\n",
    ],
  ])("%s", async (_, body, others = "") => {
    expect((await unknownIn(body, others)).callees).toEqual([]);
  });
});

test("a call through a pointer under a lock is an assumption; one before it is none", async () => {
  const body = [
    "b->ops->look(b);",
    "spin_lock(&b->lock);",
    "b->ops->fill(b);",
    "fn(b);",
    "spin_unlock(&b->lock);",
  ];
  expect((await unknownIn(body)).assumed).toEqual([
    "f.c:5: f(): b->ops->fill() does not sleep and leaves locks alone",
    "f.c:6: f(): fn() does not sleep and leaves locks alone",
  ]);
});

test("calls may go as deep as there are functions, and in circles", async () => {
  const chain = Array.from({ length: 3_000 }, (_, at) => `void g${at}(void)\n{\n\tg${at + 1}();\n}\n`).join(
    "",
  );
  const { callees } = await unknownIn(["g0();"], `${chain}void g3000(void)\n{\n\tg0();\n\tbox_lock(b);\n}\n`);
  expect(callees).toContain("box_lock");
});

test("a macro that makes a function which takes locks is a bound; one that stands for statements is none", async () => {
  const makes =
    "#define BOX_SHOW(name) \\\nstatic int name##_show(struct box *b) \\\n{ \\\n\tspin_lock(&b->lock); \\\n\treturn b->name; \\\n}\nBOX_SHOW(size)\n";
  const { bounds } = await checkSource({ file: "f.c", text: `int x;\n${makes}` });
  expect(bounds).toEqual(["f.c:2: macro BOX_SHOW makes a function that takes locks: it was not read"]);
  const stands = "#define IN(b) do { if (b) { spin_lock(&(b)->l); } else if (x) { y(); } } while (0)\n";
  expect((await checkSource({ file: "f.c", text: stands })).bounds).toEqual([]);
});

describe("a function of the source that leaves a lock one way or another is a bound where nothing decides", () => {
  const PUT = `static void put(struct box *b)
{
	if (b->strict)
		mutex_unlock(&b->m);
}

`;
  const bound = "f.c:10: f(): the effect of put() on locks is unknown";

  test("where its condition is open", async () => {
    const { bounds } = await unknownIn(["\tmutex_lock(&b->m);", "\tput(b);"], PUT);
    expect(bounds).toEqual([bound]);
  });

  test("not where its caller has decided", async () => {
    const body = ["\tif (!b->strict) return 0;", "\tmutex_lock(&b->m);", "\tput(b);"];
    expect((await unknownIn(body, PUT)).bounds).toEqual([]);
  });

  test("not where the caller has nothing to do with the lock", async () => {
    expect((await unknownIn(["\tput(b);"], PUT)).bounds).toEqual([]);
  });
});

import { expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const library = (body: string) => `void box_sync(struct box *b)\n{\n${body}\tb->x = 1;\n}\n`;
const caller = (before: string, after: string) =>
  `void user_sync(struct box *b)\n{\n\t${before}(&b->lock);\n\tbox_sync(b);\n\t${after}(&b->lock);\n}\n`;
const ATOMIC = caller("spin_lock", "spin_unlock");
const SLEEPS = "\tmutex_lock(&b->m);\n\tmutex_unlock(&b->m);\n";

async function found(before: Files, after: Files): Promise<readonly string[]> {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { tree: directoryTree(makeTree(before)) });
  return report.new.map((each) => `${each.file}: ${each.function}: ${each.rule}`);
}

const NEW = ["b.c: user_sync: no-sleep-in-atomic"];

test("a function that newly sleeps is found where another file calls it in atomic context", async () => {
  expect(
    await found({ "a.c": library(""), "b.c": ATOMIC }, { "a.c": library(SLEEPS), "b.c": ATOMIC }),
  ).toEqual(NEW);
});

test("so it is where its own file does", async () => {
  const files = (body: string): Files => ({ "a.c": library(body) + ATOMIC });
  expect(await found(files(""), files(SLEEPS))).toEqual(["a.c: user_sync: no-sleep-in-atomic"]);
});

test("callers that may sleep may call it", async () => {
  const user = caller("mutex_lock", "mutex_unlock");
  expect(await found({ "a.c": library(""), "b.c": user }, { "a.c": library(SLEEPS), "b.c": user })).toEqual(
    [],
  );
});

test("a function that slept before is not new", async () => {
  const files = (body: string): Files => ({ "a.c": library(body), "b.c": ATOMIC });
  expect(await found(files(SLEEPS), files(`${SLEEPS}\tmsleep(1);\n`))).toEqual([]);
});

test("one that releases its caller's lock before it sleeps is none", async () => {
  const files = (body: string): Files => ({ "a.c": library(body), "b.c": ATOMIC });
  const relocks = "\tspin_unlock(&b->lock);\n\tmsleep(1);\n\tspin_lock(&b->lock);\n";
  expect(await found(files(""), files(relocks))).toEqual([]);
});

test("so it is in an arm of an #if that is not read first", async () => {
  const files = (body: string): Files => ({
    "a.c": library(`#ifdef CONFIG_BOX\n\tb->y = 1;\n#else\n\tb->y = 2;\n${body}#endif\n`) + ATOMIC,
  });
  expect(await found(files(""), files(SLEEPS))).toEqual(["a.c: user_sync: no-sleep-in-atomic"]);
});

test("so it is where a file includes the one that has the static function", async () => {
  const files = (body: string): Files => ({ "a.inc": `static ${library(body)}`, "b.c": ATOMIC });
  expect(await found(files(""), files(SLEEPS))).toEqual(NEW);
});

test("callers that pass it on are followed, file by file, to who is in atomic context", async () => {
  const middle = (name: string, callee: string) =>
    `int ${name}(struct box *b)\n{\n\tif (!b)\n\t\treturn -EINVAL;\n\t${callee}(b);\n\treturn 0;\n}\n`;
  const user = `int user_sync(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tbox_far(b);\n\tspin_unlock(&b->lock);\n\treturn 0;\n}\n`;
  const files = (body: string): Files => ({
    "a.c": library(body),
    "m/near.c": middle("box_near", "box_sync"),
    "n/far.c": middle("box_far", "box_near"),
    "o/user.c": user,
  });
  expect(await found(files(""), files(SLEEPS))).toEqual(["o/user.c: user_sync: no-sleep-in-atomic"]);
  const absorbed = { "n/far.c": "void box_far(struct box *b)\n{\n\tschedule_work(&b->work);\n}\n" };
  expect(await found({ ...files(""), ...absorbed }, { ...files(SLEEPS), ...absorbed })).toEqual([]);
});

test("so is one that newly calls a function of another file that sleeps", async () => {
  const files = (body: string): Files => ({
    "a.c": library(body),
    "near.c": `void box_rest(struct box *b)\n{\n${SLEEPS}}\n`,
    "o/user.c": ATOMIC,
  });
  expect(await found(files(""), files("\tbox_rest(b);\n"))).toEqual([
    "o/user.c: user_sync: no-sleep-in-atomic",
  ]);
});

const HANDLER =
  'static irqreturn_t user_irq(int irq, void *b)\n{\n\tuser_step(b);\n\treturn IRQ_HANDLED;\n}\nint user_start(struct box *b)\n{\n\treturn request_irq(3, user_irq, 0, "box", b);\n}\n';
const STEP = "void user_step(struct box *b)\n{\n\tbox_sync(b);\n}\n";

test("a function that newly sleeps is found where a handler comes to it, by one file or several", async () => {
  const own = (body: string): Files => ({ "a.c": library(body) + STEP + HANDLER });
  expect(await found(own(""), own(SLEEPS))).toEqual(["a.c: user_irq: atomic-context"]);
  const apart = (body: string): Files => ({ "a.c": library(body), "b.c": STEP, "c.c": HANDLER });
  expect(await found(apart(""), apart(SLEEPS))).toEqual(["c.c: user_irq: atomic-context"]);
  const thread = HANDLER.replace("request_irq(3, ", "request_threaded_irq(3, NULL, ");
  const calm = (body: string): Files => ({ "a.c": library(body), "b.c": STEP, "c.c": thread });
  expect(await found(calm(""), calm(SLEEPS))).toEqual([]);
});

test("flags that newly allow a sleep count where a function of another file hands them on to an allocation", async () => {
  const wrapper = "void *box_alloc(size_t size, gfp_t gfp)\n{\n\treturn kzalloc(size, gfp);\n}\n";
  const files = (flags: string, caller = ATOMIC): Files => ({
    "a.c": library(`\tb->p = box_alloc(8, ${flags});\n`),
    "b.c": caller,
    "c.c": wrapper,
  });
  expect(await found(files("GFP_ATOMIC"), files("GFP_KERNEL"))).toEqual(NEW);
  expect(await found(files("GFP_ATOMIC"), files("GFP_NOWAIT"))).toEqual([]);
  const mutex = caller("mutex_lock", "mutex_unlock");
  expect(await found(files("GFP_ATOMIC", mutex), files("GFP_KERNEL", mutex))).toEqual([]);
});

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly function: string;
    readonly confidence: string;
    readonly message: string;
  }[];
  readonly bounds: readonly string[];
}

type Files = Readonly<Record<string, string>>;

/** What `check --audit` says of one file of these. */
async function report(
  files: Files,
  words: readonly string[] = ["a.c"],
  prepare: (folder: string) => void = () => {},
): Promise<Report> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  prepare(folder);
  const { out } = await runCli("check", ...words, "--tree", folder, "--audit", "--json", "--kernel", "6.12");
  return JSON.parse(out) as Report;
}

/** Its findings as `rule in function`. */
async function found(...asked: Parameters<typeof report>): Promise<readonly string[]> {
  const { findings } = await report(...asked);
  return findings.map((each) => `${each.rule} in ${each.function}`);
}

const use = (header: string, body: string) => `${header}\n\nint f(struct box *b, int x)\n{\n${body}\n}\n`;
const LEAK = "\tBOX_LOCK(b);\n\tif (x)\n\t\treturn -1;\n\tBOX_UNLOCK(b);\n\treturn 0;";
const MACROS = "#define BOX_LOCK(b)\tspin_lock(&(b)->lock)\n#define BOX_UNLOCK(b)\tspin_unlock(&(b)->lock)\n";

describe("macros of headers", () => {
  test.each([
    ["beside the file", '#include "box.h"', "box.h"],
    ["in a folder beside it", '#include "inc/box.h"', "inc/box.h"],
    ["in an include folder above it", "#include <box/box.h>", "include/box/box.h"],
  ])("%s", async (_, include, header) => {
    expect(await found({ "a.c": use(include, LEAK), [header]: MACROS })).toEqual(["exit-imbalance in f"]);
  });

  test("through another header, and guarded", async () => {
    const guarded = `#ifndef BOX_H\n#define BOX_H\n${MACROS}#endif\n`;
    const files = { "a.c": use('#include "all.h"', LEAK), "all.h": '#include "box.h"\n', "box.h": guarded };
    expect(await found(files)).toEqual(["exit-imbalance in f"]);
  });

  test("that leave the function", async () => {
    const header = "#define LEAVE(rc)\tdo { trace(); return (rc); } while (0)\n";
    const body = "\tspin_lock(&b->lock);\n\tif (x) {\n\t\tspin_unlock(&b->lock);\n\t\tLEAVE(1);\n\t}\n";
    const files = {
      "a.c": use('#include "box.h"', `${body}\tspin_unlock(&b->lock);\n\tLEAVE(0);`),
      "box.h": header,
    };
    expect(await found(files)).toEqual([]);
  });

  test("not of a header that is a link, or that leads out of the tree", async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, "box.h"), MACROS);
    const link = (folder: string) => symlinkSync(join(outside, "box.h"), join(folder, "box.h"));
    expect(await found({ "a.c": use('#include "box.h"', LEAK) }, ["a.c"], link)).toEqual([]);
    expect(await found({ "a.c": use(`#include "${outside}/box.h"`, LEAK) })).toEqual([]);
  });
});

const TWICE = "\tbox_take(b);\n\tbox_give(b);\n\tbox_give(b);\n\treturn x;";
const PAIR = [
  "void box_take(struct box *b)\n{\n\tspin_lock(&b->hidden);\n}\n",
  "void box_give(struct box *b)\n{\n\tspin_unlock(&b->hidden);\n}\n",
].join("\n");

describe("functions of other files", () => {
  test("inline ones of a header", async () => {
    const header = PAIR.replaceAll("void", "static inline void");
    expect(await found({ "a.c": use('#include "box.h"', TWICE), "box.h": header })).toEqual([
      "double-unlock in f",
    ]);
  });

  test("of the source beside an included header", async () => {
    const files = { "a.c": use('#include "lib/box.h"', TWICE), "lib/box.h": "\n", "lib/box.c": PAIR };
    expect(await found(files)).toEqual(["double-unlock in f"]);
  });

  test("of the same folder", async () => {
    expect(await found({ "a.c": use("", TWICE), "box.c": PAIR })).toEqual(["double-unlock in f"]);
  });

  test("of a file that is given as well", async () => {
    const files = { "a.c": use("", TWICE), "other/box.c": PAIR };
    expect(await found(files, ["a.c", "other/box.c"])).toContain("double-unlock in f");
  });

  test("of files that call each other", async () => {
    const deeper =
      "void box_take(struct box *b)\n{\n\tbox_hold(b);\n}\n\nvoid box_again(struct box *b)\n{\n\tf(b, 1);\n}\n";
    const hold = "void box_hold(struct box *b)\n{\n\tspin_lock(&b->hidden);\n}\n";
    const body = "\tbox_take(b);\n\tspin_lock(&b->hidden);\n\tspin_unlock(&b->hidden);\n\treturn x;";
    expect(await found({ "a.c": use("", body), "b.c": deeper, "c.c": hold })).toContain("double-lock in f");
  });

  test("that sleep, with the lines that lead there", async () => {
    const body = "\tspin_lock(&b->lock);\n\tbox_sync(b);\n\tspin_unlock(&b->lock);\n\treturn x;";
    const sync = "void box_sync(struct box *b)\n{\n\tmutex_lock(&b->sync);\n\tmutex_unlock(&b->sync);\n}\n";
    expect(await found({ "a.c": use("", body), "box.c": sync })).toEqual(["no-sleep-in-atomic in f"]);
  });

  test("not where two files define one, nor static ones", async () => {
    expect(await found({ "a.c": use("", TWICE), "box.c": PAIR, "bin.c": PAIR })).toEqual([]);
    expect(await found({ "a.c": use("", TWICE), "box.c": PAIR.replaceAll("void", "static void") })).toEqual(
      [],
    );
  });

  test("not of a lock of their own that is called like one of this file", async () => {
    const own = "static DEFINE_SPINLOCK(lock);\n";
    const take = `${own}void box_take(void)\n{\n\tspin_lock(&lock);\n}\n`;
    const body = "\tspin_lock(&lock);\n\tbox_take();\n\tspin_unlock(&lock);\n\treturn x;";
    expect(await found({ "a.c": use(own, body), "box.c": take })).toEqual([]);
  });
});

describe("what rests on another file", () => {
  const of = async (...asked: Parameters<typeof report>) =>
    (await report(...asked)).findings.map(({ confidence, message }) => `${confidence}: ${message}`);
  const IN_HEADER = PAIR.replaceAll("void", "static inline void");
  const TOO_MUCH = "a lock is released that was released before: b->hidden";

  test("is a hint, with the function and its line, where that file was not given", async () => {
    expect(await of({ "a.c": use("", TWICE), "box.c": PAIR })).toEqual([
      `audit: ${TOO_MUCH} (by box_take() at box.c:1)`,
    ]);
  });

  test("counts where it was given, or stands in a header of the project", async () => {
    expect(await of({ "a.c": use("", TWICE), "lib/box.c": PAIR }, ["a.c", "lib/box.c"])).toEqual([
      `hard: ${TOO_MUCH} (by box_take() at lib/box.c:1)`,
    ]);
    expect(await of({ "a.c": use('#include "box.h"', TWICE), "box.h": IN_HEADER })).toEqual([
      `hard: ${TOO_MUCH} (by box_take() at box.h:1)`,
    ]);
  });

  test("is a hint where one half alone is known", async () => {
    const give = PAIR.slice(PAIR.indexOf("void box_give"));
    expect(await of({ "a.c": use("", TWICE), "lib/box.c": give }, ["a.c", "lib/box.c"])).toEqual([
      `audit: ${TOO_MUCH} (by box_give() at lib/box.c:1)`,
    ]);
  });

  test("is a hint where that file leaves a section of RCU which something else may have entered", async () => {
    const end = "void box_end(struct box *b)\n{\n\tb->n++;\n\trcu_read_unlock();\n}\n";
    const body = "\trcu_read_lock();\n\tb->begin(b);\n\tbox_end(b);\n\trcu_read_unlock();\n\treturn x;";
    expect(await of({ "a.c": use("", body), "lib/box.c": end }, ["a.c", "lib/box.c"])).toEqual([
      "audit: rcu is left without having been entered: rcu (by box_end() at lib/box.c:1)",
    ]);
  });

  test("is no verdict on that file", async () => {
    const wrong = `${PAIR}\nvoid box_twice(struct box *b)\n{\n\tspin_lock(&b->l);\n\tspin_lock(&b->l);\n}\n`;
    const { findings } = await report({
      "a.c": use("", "\tbox_take(b);\n\tbox_give(b);\n\treturn x;"),
      "box.c": wrong,
    });
    expect(findings).toEqual([]);
  });

  const HELD = "a lock is taken that is held already: b->hidden";

  test.each(["box.c", "box.h"])("hides nothing that the file shows by itself (%s)", async (other) => {
    const own = "\tspin_lock(&b->hidden);\n\tspin_lock(&b->hidden);\n\treturn x;";
    const body = `\tbox_take(b);\n\tbox_give(b);\n${own}`;
    const text = other === "box.h" ? IN_HEADER : PAIR;
    expect(await of({ "a.c": use('#include "box.h"', body), [other]: text })).toContain(`hard: ${HELD}`);
  });

  test("is a hint where a lock is taken twice", async () => {
    const body = "\tbox_take(b);\n\tbox_take(b);\n\tbox_give(b);\n\treturn x;";
    const told = await of({ "a.c": use('#include "box.h"', body), "box.h": IN_HEADER });
    expect(told).toEqual([`audit: ${HELD} (by box_take() at box.h:1)`]);
  });

  test("is nothing where the other file changes flags that it is given before it sleeps", async () => {
    const grow = "void box_grow(struct box *b, gfp_t flags)\n{\n\tb->p = kmalloc(8, flags);\n}\n";
    const body = "\tspin_lock(&b->lock);\n\tbox_grow(b, GFP_ATOMIC);\n\tspin_unlock(&b->lock);\n\treturn x;";
    expect(await of({ "a.c": use("", body), "box.c": grow })).toEqual([]);
  });

  test("orders no locks and makes none unsafe", async () => {
    const both =
      "\tbox_take(b);\n\tspin_lock(&b->other);\n\tspin_unlock(&b->other);\n\tbox_give(b);\n\treturn x;";
    const back =
      "\nvoid g(struct box *b)\n{\n\tspin_lock(&b->other);\n\tbox_take(b);\n\tbox_give(b);\n\tspin_unlock(&b->other);\n}\n";
    expect(await of({ "a.c": use("", both) + back, "box.c": PAIR })).toEqual([]);
  });
});

describe("hostile surroundings", () => {
  const include = (name: string) => ({ "a.c": use(`#include "${name}"`, LEAK) });

  test.each([
    ["a pipe", "box.h", (folder: string) => void execFileSync("mkfifo", [join(folder, "box.h")])],
    ["a circle of links", "in/box.h", (folder: string) => symlinkSync(folder, join(folder, "in"))],
    ["a link to itself", "box.h", (folder: string) => symlinkSync("box.h", join(folder, "box.h"))],
    ["a folder", "box.h", (folder: string) => void mkdirSync(join(folder, "box.h"))],
    ["a way out of the tree", "../../../../../../../etc/passwd", () => {}],
  ])("%s is not read", async (_, name, prepare) => {
    expect(await found(include(name), ["a.c"], prepare)).toEqual([]);
  });

  test("headers that include each other, and one in Latin-1", async () => {
    const latin = (folder: string) =>
      writeFileSync(join(folder, "c.h"), Buffer.from(`/* \xfcber */\n${MACROS}#include "b.h"\n`, "latin1"));
    const files = { ...include("b.h"), "b.h": '#include "b.h"\n#include "c.h"\n' };
    expect(await found(files, ["a.c"], latin)).toEqual(["exit-imbalance in f"]);
  });

  test("a header that is too large is a bound", async () => {
    const files = {
      "a.c": use('#include "box.h"', "\tspin_lock(&b->l);\n\tspin_unlock(&b->l);\n\treturn x;"),
      "box.h": " ".repeat(1 << 21),
    };
    expect((await report(files)).bounds).toEqual([
      "a.c: a header that it includes was not read: box.h: more than 1 MiB",
    ]);
  });

  test("words and lines without end", async () => {
    const files = {
      ...include("box.h"),
      "box.h": `${MACROS}${"a".repeat(500_000)}\n`,
      "b.c": `f(${"b ".repeat(250_000)}`,
    };
    expect(await found(files)).toEqual(["exit-imbalance in f"]);
  });
});

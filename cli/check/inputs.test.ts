import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { standingTree } from "../standing-tree.ts";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";
import { withoutCompilerFlags } from "./compiler-flags.ts";
import { namedFiles } from "./named-files.ts";
import { fileProgress } from "./progress.ts";

const TWICE =
  "void box_open(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n";
const CLEAN = "void box_look(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n";

let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
  const files = {
    Makefile: "# a comment\nVERSION = 7\nPATCHLEVEL = 0\nSUBLEVEL = 0\n",
    "drivers/box/open.c": TWICE,
    "drivers/box/look.c": CLEAN,
    "drivers/box/look.h": TWICE,
    "drivers/box/deep/look.c": CLEAN,
    "drivers/notes.txt": "none",
    "empty/none.h": "",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

const check = (...words: readonly string[]) => runCli("check", "--tree", folder, ...words);

describe("what a word stands for", () => {
  const BOX = ["drivers/box/deep/look.c", "drivers/box/look.c", "drivers/box/open.c"];

  test.each([
    ["a folder: the .c files below it, sorted", ["drivers"], BOX],
    ["a folder by any of its names", ["./drivers/"], BOX],
    [
      "a pattern: what matches it",
      ["drivers/box/*.[ch]"],
      ["drivers/box/look.c", "drivers/box/look.h", "drivers/box/open.c"],
    ],
    ["a pattern across folders", ["drivers/**/look.c"], ["drivers/box/deep/look.c", "drivers/box/look.c"]],
    ["a pattern in another folder's terms", ["./drivers/*/open.c"], ["drivers/box/open.c"]],
    ["a file: itself", ["drivers/notes.txt", "-"], ["drivers/notes.txt", "-"]],
  ])("%s", (_, words, files) => expect(namedFiles(words, folder)).toEqual(files));

  test("by itself, where no tree is named", () => {
    const [deep, open] = [join(folder, BOX[0] ?? ""), join(folder, BOX[2] ?? "")];
    expect(namedFiles([dirname(deep), `${folder}/drivers/box/o*.c`], undefined)).toEqual([deep, open]);
  });

  test("a list: the names in it, which may be folders", () => {
    const list = join(folder, "list");
    writeFileSync(list, "drivers/box/deep\r\n\ndrivers/box/open.c\n");
    expect(namedFiles([`@${list}`], folder)).toEqual([BOX[0], BOX[2]]);
  });

  test("links are not followed, so that none leads out of the folder", () => {
    symlinkSync("/", join(folder, "drivers/box/deep/root"));
    symlinkSync("look.c", join(folder, "drivers/box/deep/link.c"));
    expect(namedFiles(["drivers/box/deep"], folder)).toEqual([BOX[0]]);
  });

  test.each([
    ["empty", "empty: there is no .c file below it"],
    ["drivers/*.s", "drivers/*.s: no file matches it"],
    ["nowhere/*.c", "cannot read nowhere: ENOENT"],
    ["@no-list", "cannot read no-list: ENOENT"],
    ["@/dev/null", "@/dev/null: it names no file"],
  ])("%s is refused where it names nothing", async (word, said) => {
    const { code, out, err } = await check(word);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`error: ${said}`);
  });
});

test("a folder is judged, each file once, whatever else names it", async () => {
  const { code, out } = await check("drivers", "drivers/box/open.c", "--terse");
  expect(code).toBe(1);
  expect(out.split("\n")).toHaveLength(3);
  expect(out).toMatch(
    /^drivers\/box\/open\.c:4: error: .*\[double-lock\]\nviolated: 1 finding; 3 lock-taking functions/,
  );
});

test("the kernel tree that a folder lies in is the nearest one with the kernel's Makefile above it", () => {
  expect(standingTree(join(folder, "drivers/box"))).toBe(folder);
  writeFileSync(join(folder, "Makefile"), "obj-y += box.o\n");
  expect(standingTree(join(folder, "drivers/box"))).toBeUndefined();
});

describe("rules", () => {
  test.each([[["--ignore", "double-lock"]], [["--rules", "double-unlock", "wrong-mode"]]])(
    "%j leaves findings out, and the verdict says so",
    async (words) => {
      const { code, out } = await check("drivers/box/open.c", ...words);
      expect(code).toBe(0);
      expect(out).toMatch(/^holds: 0 findings.*not judged: lock order, .*double-lock/);
    },
  );

  test("one that there is not is refused, and those like it are named", async () => {
    const { code, err } = await check("drivers", "--rules", "double");
    expect({ code, err }).toEqual({
      code: 2,
      err: "error: unknown rule 'double' (similar: double-lock, double-unlock)\n",
    });
  });
});

describe("as a checker of make C=1", () => {
  const KBUILD = (
    "-D__linux__ -Dlinux -Wbitwise -Wno-return-void --arch=x86 -mlittle-endian -m64 -Wp,-MMD,box/.open.o.d -nostdinc " +
    "-I./arch/x86/include -include ./include/linux/kconfig.h -D__KERNEL__ -fmacro-prefix-map=./= -std=gnu11 -fno-PIE -O2 " +
    '--param=allow-store-data-races=0 -g -pg -mno-sse -isystem include -D KBUILD_MODNAME="open"'
  ).split(" ");

  test("the compiler's flags are passed over", () => {
    expect(withoutCompilerFlags(["check", "--exit-zero", ...KBUILD, "-v", "drivers/box/open.c"])).toEqual([
      "check",
      "--exit-zero",
      "-v",
      "drivers/box/open.c",
    ]);
  });

  test("--exit-zero lets make go on, but not past bad input", async () => {
    const { code, out } = await check("--exit-zero", ...KBUILD, "drivers/box/open.c");
    expect({ code, found: out.includes("[double-lock]") }).toEqual({ code: 0, found: true });
    expect((await check("--exit-zero", ...KBUILD, "drivers/box/none.c")).code).toBe(2);
  });

  test("what is no flag of a compiler is not", async () => {
    const { code, err } = await check("--exit-one", "-q", "drivers/box/open.c");
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--exit-one'");
  });
});

test("on a terminal it tells how many files are done, how fast, and what is left", () => {
  const said: string[] = [];
  let time = 0;
  const terminal = { out: () => {}, err: (text: string) => said.push(text), showsProgress: true };
  const progress = fileProgress(terminal, 100, () => time);
  for (time = 0; time < 4000; time += 100) progress.begin(`file${time}`);
  progress.clear();
  expect(said.at(0)).toBe("\r\u001b[K0 of 100 files: file0");
  expect(said).toContain("\r\u001b[K20 of 100 files, 10/s, 8 s left: file2000");
  expect(said).toHaveLength(21);
  expect(said.at(-1)).toBe("\r\u001b[K");
});

test("progress is for terminals, and more than one file", () => {
  const err = () => expect.unreachable();
  for (const [showsProgress, files] of [
    [false, 9],
    [true, 1],
  ] as const) {
    const progress = fileProgress({ out: () => {}, err, showsProgress }, files);
    progress.begin("a.c");
    progress.clear();
  }
});

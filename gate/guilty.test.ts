import { expect, test } from "vitest";
import { parseDiff } from "./diff/parse.ts";
import { guiltyLine } from "./guilty.ts";
import { toLines } from "./intake/quote.ts";
import type { PlacedFinding, PlacedStep } from "./judge/place.ts";

/** A hunk of which line 10 of the file is the first. */
function fileOf(...lines: readonly string[]) {
  const count = (marker: string) => lines.filter((each) => each[0] !== marker).length;
  const heading = `@@ -10,${count("+")} +10,${count("-")} @@ int f(void)`;
  const text = ["--- a/x.c", "+++ b/x.c", heading, ...lines].join("\n");
  const [file] = parseDiff(toLines(text)).files;
  if (!file) throw new Error("no file");
  return file;
}

const step = (line: number, text: string, changed?: { patchLine: number }): PlacedStep => ({
  line,
  text,
  ...(changed && { ...changed, changed: true }),
});

const finding = (lock: string, ...path: readonly PlacedStep[]): PlacedFinding => ({
  id: "",
  rule: "exit-imbalance",
  confidence: "audit",
  file: "x.c",
  line: path.at(-1)?.line ?? 0,
  function: "f",
  lock,
  message: "",
  path,
});

test("a release that is gone is to blame, not what else the path passes", () => {
  const file = fileOf(
    " \tspin_lock(&box->lock);",
    "-\tspin_unlock(&box->lock);",
    "+\tbox->n = 1;",
    " \treturn 0;",
  );
  const path = [
    step(10, "spin_lock(&box->lock);"),
    step(11, "box->n = 1;", { patchLine: 6 }),
    step(12, "return 0;"),
  ];
  expect(guiltyLine(finding("box->lock", ...path), file)?.text).toBe("spin_unlock(&box->lock);");
});

test("one that stands elsewhere now is not: the branch past it is", () => {
  const file = fileOf(
    " \tspin_lock(&box->lock);",
    "-\tspin_unlock(&box->lock);",
    "+\tif (box->n)",
    "+\t\tspin_unlock(&box->lock);",
    " \treturn 0;",
  );
  const branch = { ...step(11, "if (box->n)", { patchLine: 6 }), decision: "box->n is false" };
  const path = [step(10, "spin_lock(&box->lock);"), branch, step(13, "return 0;")];
  expect(guiltyLine(finding("box->lock", ...path), file)?.text).toBe("if (box->n) spin_unlock(&box->lock);");
});

test("nor is the release of another lock, or one outside of the path", () => {
  const file = fileOf(
    "-\tspin_unlock(&box->lock);",
    " \tspin_lock(&box->lock);",
    "-\tspin_unlock(&box->other);",
    "+\tbox->n = 1;",
    " \treturn 0;",
  );
  const path = [
    step(10, "spin_lock(&box->lock);"),
    step(11, "box->n = 1;", { patchLine: 7 }),
    step(12, "return 0;"),
  ];
  expect(guiltyLine(finding("box->lock", ...path), file)?.text).toBe("box->n = 1;");
});

test("a context is left by a call that does not name it", () => {
  const file = fileOf(
    " \trcu_read_lock();",
    "-\trcu_read_unlock();",
    "-\tput(box);",
    "+\tdrop(box);",
    " \treturn 0;",
  );
  const path = [
    step(10, "rcu_read_lock();"),
    step(11, "drop(box);", { patchLine: 7 }),
    step(12, "return 0;"),
  ];
  expect(guiltyLine(finding("rcu", ...path), file)?.text).toBe("rcu_read_unlock();");
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

/** What `check --audit` finds in `a.c` beside `b.c`: `rule in function`. */
async function found(files: Readonly<Record<"a.c" | "b.c", string>>): Promise<readonly string[]> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { out } = await runCli("check", "a.c", "--tree", folder, "--audit", "--json");
  const { findings } = JSON.parse(out) as {
    readonly findings: readonly { readonly rule: string; readonly function: string }[];
  };
  return findings.map((each) => `${each.rule} in ${each.function}`);
}

test("a long function near by that is annotated to release its caller's lock does so", async () => {
  const busy = Array.from({ length: 60 }, (_, at) => `\tb->counts[${at}] = b->limits[${at}] + 1;\n`).join("");
  const send = (annotation: string, body: string) =>
    `int box_send(struct box *b)\n${annotation}{\n${busy}\tif (b->dead) {\n\t\tspin_unlock_bh(&b->lock);\n\t\treturn -1;\n\t}\n${body}\treturn 0;\n}\n`;
  const user =
    "int f(struct box *b)\n{\n\tspin_lock_bh(&b->lock);\n\tif (b->busy) {\n\t\tspin_unlock_bh(&b->lock);\n\t\treturn -1;\n\t}\n\tif (b->big) {\n\t\tbox_send(b);\n\t\treturn 0;\n\t}\n\tspin_unlock_bh(&b->lock);\n\treturn 0;\n}\n";
  const released = send("\t__releases(&b->lock)\n", "\tspin_unlock_bh(&b->lock);\n");
  expect(await found({ "a.c": user, "b.c": released })).toEqual([]);
  const kept = `${user.replace("\t\tbox_send(b);\n", "")}`;
  expect(await found({ "a.c": kept, "b.c": released })).toEqual(["exit-imbalance in f"]);
});

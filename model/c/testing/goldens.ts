import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { validate } from "../../ir/validate.ts";
import { programsOf, type ShowOptions, showPrograms } from "./show.ts";

/**
 * A test for each C file of a folder: its programs are those in the text file beside it.
 * @param options - by name of a file, where it takes more than the table of primitives to read it
 */
export function testGoldens(folder: string, options: Readonly<Record<string, ShowOptions>> = {}): void {
  const files = readdirSync(folder);
  const named = (end: string) => files.filter((file) => file.endsWith(end)).map((file) => file.split(".")[0]);
  test.each(named(".c"))("%s", async (name = "") => {
    const text = readFileSync(join(folder, `${name}.c`), "utf8");
    await expect(await showPrograms(text, options[name])).toMatchFileSnapshot(join(folder, `${name}.txt`));
  });
  test.each(named(".c"))("the programs of %s are models without a fault", async (name = "") => {
    const text = readFileSync(join(folder, `${name}.c`), "utf8");
    for (const { translation } of await programsOf(text, options[name])) {
      expect(validate(translation.model), translation.model.name).toEqual([]);
    }
  });
  test("each golden belongs to a C file", () => {
    expect(named(".txt")).toEqual(named(".c"));
  });
}

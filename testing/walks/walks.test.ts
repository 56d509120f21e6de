import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cWalk } from "./c.ts";
import { mailWalk } from "./mail.ts";
import { scenarioWalk } from "./scenario.ts";

const DOCUMENT = join(import.meta.dirname, "..", "..", "docs", "architecture.md");
/** A fenced block that is named after what it quotes. */
const BLOCK = /^```(\w+) (\w+\/\w+)\n[\s\S]*?^```$/gm;

/** These change with every row of the table, and say nothing of the walk. */
const withoutVersion = (text: string): string => text.replace(/^holdfast .*\n/gm, "");

test("docs/architecture.md quotes what the code really makes of its examples", async () => {
  const made = new Map(
    Object.entries({ ...(await cWalk()), ...(await mailWalk()), ...(await scenarioWalk()) }),
  );
  const document = readFileSync(DOCUMENT, "utf8");
  const quoted = [...document.matchAll(BLOCK)].map(([, , name = ""]) => name);
  expect(quoted).toEqual([...made.keys()]);
  const current = document.replaceAll(
    BLOCK,
    (_, language, name) =>
      `\`\`\`${language} ${name}\n${withoutVersion(made.get(name) ?? "").trimEnd()}\n\`\`\``,
  );
  await expect(current).toMatchFileSnapshot(DOCUMENT);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const sections = text("CHANGELOG.md")
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    title: section.slice(0, section.indexOf("\n")),
    kinds: [...section.matchAll(/^### (.+)$/gm)].map(([, kind]) => kind),
  }));
const [unreleased, ...released] = sections;

test("what is not released stands on top", () => expect(unreleased?.title).toBe("Unreleased"));

test("the newest version is the package's", () => {
  const { version } = JSON.parse(text("package.json"));
  expect(released[0]?.title).toMatch(new RegExp(`^${version.replaceAll(".", "\\.")} - `));
});

test("each version has its date, the newest first", () => {
  const dates = released.map(({ title }) => /^\d+\.\d+\.\d+ - (\d{4}-\d{2}-\d{2})$/.exec(title)?.[1]);
  expect(dates).not.toContain(undefined);
  expect(dates).toEqual([...dates].sort().reverse());
});

test("each version says once what was added, changed, fixed and so on", () => {
  const known = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
  for (const { title, kinds } of sections) {
    expect([title, kinds]).toEqual([title, known.filter((kind) => kinds.includes(kind))]);
  }
});

import { expect, test } from "vitest";
import { brokenLinks, linksOf, wrongPaths } from "./documents.ts";
import { readSource, repositoryFiles } from "./sources.ts";

const files = repositoryFiles();
/** The changelog names files as they were called when it was written. */
const documents = files.filter((path) => path.endsWith(".md") && path !== "CHANGELOG.md").map(readSource);

test("links between documents lead somewhere", () => {
  expect(documents.flatMap(({ text }) => linksOf(text)).length).toBeGreaterThan(5);
  expect(brokenLinks({ documents, files })).toEqual([]);
});

test("a link that leads nowhere is seen", () => {
  const text =
    "[one](../gate/a.ts), [two](b.md#part), [three](c.md), [four](#here), [five](https://example.org)";
  const planted = { documents: [{ path: "docs/x.md", text }], files: ["gate/a.ts", "docs/b.md"] };
  expect(brokenLinks(planted)).toEqual(["docs/x.md: c.md"]);
});

test("files and folders that documents name are there", () => {
  expect(wrongPaths({ documents, files })).toEqual([]);
});

test("a path that is not there is seen, and one that should not be", () => {
  const text =
    "gate/a.ts, `gate/deep`, `gate/gone.ts`, mm/b.c, gate/NAME.ts; `gate/plan.ts` (new), `gate/a.ts` (new)";
  const planted = { documents: [{ path: "x.md", text }], files: ["gate/a.ts", "gate/deep/c.ts"] };
  expect(wrongPaths(planted)).toEqual(["x.md: gate/a.ts", "x.md: gate/gone.ts"]);
});

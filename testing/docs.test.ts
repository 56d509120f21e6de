import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rulesAcross } from "../functions/across/index.ts";
import { rules } from "../functions/rule.ts";
import { ruleIds } from "../functions/rule-ids.ts";
import { properties } from "../properties/library.ts";
import { formatsOf } from "../reports/index.ts";

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The cells of the table that has this head, row by row. */
function tableOf(path: string, head: string): readonly (readonly string[])[] {
  const lines = text(path).split("\n");
  const after = lines.slice(lines.findIndex((line) => line.startsWith(head)) + 2);
  const rows = after.slice(
    0,
    after.findIndex((line) => !line.startsWith("|")),
  );
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codeIn = (cell = ""): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
const firstCodes = (rows: readonly (readonly string[])[]) => rows.flatMap(([cell]) => codeIn(cell));

describe("docs/check.md", () => {
  test("lists the rules for C, each with how far it is to be trusted", () => {
    const listed = tableOf("docs/check.md", "| rule |").flatMap(([cell = ""]) =>
      codeIn(cell).map((name) => `${name}: ${cell.endsWith(" (audit)") ? "audit" : "hard"}`),
    );
    const judged = rules.map(({ property, confidence }) => `${property.name}: ${confidence}`);
    // How exits differ is read off the states that a function ends in, not judged on the way.
    const others = ["exit-imbalance", ...rulesAcross].map((name) => `${name}: audit`);
    expect([...listed].sort()).toEqual([...judged, ...others].sort());
  });

  test("lists the formats of check", () => {
    expect(firstCodes(tableOf("docs/check.md", "| format |"))).toEqual(formatsOf("check"));
  });
});

test("--rules takes each of the rules that are listed", () => {
  expect(firstCodes(tableOf("docs/check.md", "| rule |")).sort()).toEqual(ruleIds);
});

test("docs/models.md lists the library's properties, in their own words", () => {
  expect(tableOf("docs/models.md", "| property |")).toEqual(
    properties.map(({ name, summary }) => [`\`${name}\``, summary]),
  );
});

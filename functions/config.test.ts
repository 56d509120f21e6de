import { expect, test } from "vitest";
import { parseConfig, withConfig } from "../model/c/knowledge/config.ts";
import { tableKnowledge } from "../model/c/knowledge/index.ts";
import { checkSource } from "./check.ts";

const TWICE = `static void f(struct box *box)
{
	box_take(3, box);
	box_drop(box);
	spin_unlock(&box->lock);
}
`;

const CONFIG = {
  wrappers: {
    box_take: { like: "spin_lock", operand: 1, path: "->lock" },
    box_drop: { like: "spin_unlock", path: "->lock" },
  },
};

const configured = (more: object = {}) => parseConfig("box.json", JSON.stringify({ ...CONFIG, ...more }));

test("a project's wrappers act on the lock that they name", async () => {
  const knowledge = withConfig(tableKnowledge, configured());
  const { findings, functions } = await checkSource({ file: "box.c", text: TWICE }, { knowledge });
  expect(functions.seen).toBe(1);
  expect(findings.map(({ line, rule }) => `${line}: ${rule}`)).toEqual(["5: double-unlock"]);
});

test("a finding can be taken back in the configuration, with a reason", async () => {
  const config = configured({ suppress: [{ rule: "double-unlock", function: "f", reason: "a test" }] });
  const options = { knowledge: withConfig(tableKnowledge, config), suppress: config.suppress };
  expect((await checkSource({ file: "box.c", text: TWICE }, options)).findings).toEqual([]);
});

test.each([
  ["no JSON", "{"],
  ["an unknown key", '{ "wrapers": {} }'],
  [
    "a suppression without reason",
    '{ "suppress": [{ "rule": "double-lock", "function": "f", "reason": "" }] }',
  ],
])("%s is refused by name", (_, text) => {
  expect(() => parseConfig("box.json", text)).toThrow(/^box\.json: no configuration: /);
});

test("a wrapper of no primitive is refused", () => {
  const config = parseConfig("box.json", '{ "wrappers": { "take": { "like": "spin_lok" } } }');
  expect(() => withConfig(tableKnowledge, config)).toThrow("wrapper 'take' is like 'spin_lok'");
});

const SPUN = (comment: string): string => `static void f(struct box *box)
{
	spin_lock(&box->lock);
	spin_unlock(&box->lock);
	${comment}
	spin_unlock(&box->lock);
}
`;

test("a finding can be taken back in the source, with a reason", async () => {
  const check = (comment: string) => checkSource({ file: "f.c", text: SPUN(comment) }, { audit: true });
  expect(await check("/* holdfast: ignore double-unlock: a test */")).toMatchObject({
    findings: [],
    warnings: [],
  });
  const bare = await check("/* holdfast: ignore double-unlock */");
  expect(bare.findings).toHaveLength(1);
  expect(bare.warnings).toEqual(["f.c:5: suppression of double-unlock gives no reason: not applied"]);
  const stale = await check("/* holdfast: ignore double-lock: a test */");
  expect(stale.warnings).toEqual(["f.c:5: suppression of double-lock is stale: no such finding"]);
});

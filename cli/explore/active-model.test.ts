import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const SOUND = JSON.stringify(join(import.meta.dirname, "..", "testing", "leaves-domain.ts"));

function explored(code: string) {
  const path = join(temporaryFolder(), "model.ts");
  writeFileSync(path, `import sound from ${SOUND};\nconst model = structuredClone(sound);\n${code}\n`);
  return runCli("explore", path);
}

const THROWING = "get: () => { throw new Error('boom'); }, enumerable: true";

test.each([
  ["throws as its name is read", `export default Object.defineProperty(model, "name", { ${THROWING} });`],
  [
    "throws as a guard is read",
    `Object.defineProperty(model.programs[0].transitions[0], "guard", { ${THROWING} });\nexport default model;`,
  ],
  [
    "throws whatever is asked of it",
    "export default new Proxy(model, { has: () => { throw new Error('boom'); } });",
  ],
  [
    "throws as it is listed",
    "export default new Proxy(model, { ownKeys: () => { throw new Error('boom'); } });",
  ],
  ["is no data", "export default new Proxy(model, {});"],
])("a model that %s is refused in one line", async (_, code) => {
  const { code: exit, out, err } = await explored(code);
  expect([exit, out]).toEqual([2, ""]);
  expect(err).toMatch(/^error: .*model\.ts: what it exports cannot be read: .*\n$/);
});

test.each(["Number.NaN", "Infinity", "2 ** 53", "1e300", "0.5", "3n", "'3'", "null"])(
  "a domain up to %s is refused in one line",
  async (most) => {
    const { code, out, err } = await explored(
      `model.variables[0].domain.max = ${most};\nexport default model;`,
    );
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^error: .*variables\[0\]\.domain\.max: .*\n$/);
  },
);

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const TEXT = `static int take(struct box *box)
{
	int err = ready(box);

	if (!spin_trylock(&box->lock))
		return -EBUSY;
#ifdef CONFIG_BOX
	box->count++;
#endif
	if (err)
		box->count--;
	spin_unlock(&box->lock);
	return err;
}

static int one(void)
{
	return 1;
}
`;

async function show(...words: readonly string[]) {
  const file = join(temporaryFolder(), "box.c");
  writeFileSync(file, TEXT);
  return await runCli("check", file, "--show-model", ...words);
}

test("a program is shown with its locks and facts, and per transition guard, operations and updates", async () => {
  const { code, out } = await show("--function", "take");
  expect(code).toBe(0);
  const [first = ""] = out.split(/\n(?=take\(\))/);
  const lines = first.split("\n");
  expect(lines[0]).toMatch(/^take\(\): \d+ locations, \d+ transitions, \d+ states$/);
  expect(lines).toContain("  lock spinlock box->lock");
  expect(lines).toContain("  fact returned: running | any | error | zero | positive | nothing | nonzero");
  const locked = lines.findIndex((line) => /spin_trylock\(\) -> locked {2}5: if \(!spin_trylock/.test(line));
  const next = lines.findIndex((line, at) => at > locked && line.startsWith("  n"));
  const told = lines.slice(locked + 1, next);
  expect(told).toContain("    does enters preempt, which goes with box->lock");
  expect(told).toContain("    does takes spinlock box->lock");
  expect(told.at(-2)).toMatch(/^ {4}sets spinlock box->lock: untouched .*-> held/);
  expect(first).toMatch(/spin_trylock\(\) -> fails \(adverse\) {2}5:/);
  expect(first).toMatch(/when #\d+ is/);
});

test("each reading of its #ifs is a program of its own", async () => {
  const { out } = await show("--function", "take");
  expect(out.match(/^ {2}#if: .*$/gm)).toEqual(["  #if: CONFIG_BOX", "  #if: !CONFIG_BOX"]);
});

test("as JSON they are models", async () => {
  const { out } = await show("--function", "take", "--json");
  const models = JSON.parse(out);
  expect(models).toHaveLength(2);
  expect(models[0]).toMatchObject({ given: ["CONFIG_BOX"], model: { name: "take", tasks: [{ count: 1 }] } });
});

test("a function that takes no locks has none", async () => {
  expect(await show("--function", "one")).toEqual({
    code: 0,
    out: "",
    err: "no program of one(): it takes no locks\n",
  });
});

test.each([
  [["--function", "tak"], /^error: no function 'tak' in .*box\.c \(similar: take\)\n$/],
  [["--function", "nowhere"], /^error: no function 'nowhere' in .*box\.c \(valid: one, take\)\n$/],
  [[], /^error: --show-model needs --function\n$/],
])("%j is refused", async (words, message) => {
  const { code, err } = await show(...words);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

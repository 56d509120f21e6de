import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const CLEAN = `static void only_tries_again(struct library *library)
{
	down_read(&library->sem);
	if (down_read_trylock(&library->sem))
		up_read(&library->sem);
	up_read(&library->sem);
}

/* Readers of a spinning lock may nest in interrupts. */
static void nests(struct library *library)
{
	read_lock(&library->rw_lock);
	read_lock(&library->rw_lock);
	read_unlock(&library->rw_lock);
	read_unlock(&library->rw_lock);
}

static int keeps_one_of_two(struct library *library)
{
	if (!down_read_trylock(&library->sem))
		return -EAGAIN;
	if (down_read_trylock(&library->sem))
		up_read(&library->sem);
	if (library->closed)
		return -EINVAL;
	up_read(&library->sem);
	return 0;
}
`;

test("readers that only try, or that spin, may read once more; what they then keep is known", async () => {
  const { findings } = await checkSource({ file: "library.c", text: CLEAN }, { audit: true });
  expect(findings.map(({ line, rule, function: name }) => `${line}: ${rule} in ${name}`)).toEqual([
    "25: exit-imbalance in keeps_one_of_two",
  ]);
});

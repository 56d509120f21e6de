import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** The confidence of what is found where a flag, as it is made here, decides that the lock is taken. */
async function confidenceWhere(flag: string) {
  const text = `static int get(struct box *box, int opt)
{
	bool locked = ${flag};
	int err;

	if (locked)
		mutex_lock(&box->lock);
	switch (opt) {
	case OPT_SIZE:
		err = -EFAULT;
		if (box->size)
			goto out;
		err = 0;
		goto out;
	default:
		return -EINVAL;
	}
out:
	if (locked)
		mutex_unlock(&box->lock);
	return err;
}
`;
  const { findings } = await checkSource({ file: "f.c", text }, { audit: true });
  return findings.map(({ rule, line, confidence }) => `${line} ${rule} ${confidence}`);
}

test("a lock that is kept where the value is asked again which its flag is made of is a hint", async () => {
  expect(await confidenceWhere("wants_lock(opt)")).toEqual(["16 exit-imbalance audit"]);
  expect(await confidenceWhere("opt != OPT_COLOUR")).toEqual(["16 exit-imbalance audit"]);
});

test("it is certain where another value decides, or the lock is always taken", async () => {
  expect(await confidenceWhere("wants_lock(box)")).toEqual(["16 exit-imbalance hard"]);
});

test("it is certain where the value that is asked again makes the function return without the lock", async () => {
  const text = `int get(struct box *box)
{
	int err = open_box(box);

	if (err)
		return err;
	mutex_lock(&box->lock);
	if (is_empty(box))
		goto out;
	err = read_box(box);
	mutex_unlock(&box->lock);
	if (err < 0)
		goto out;
	err = 0;
out:
	close_box(box);
	return err;
}
`;
  const { findings } = await checkSource({ file: "f.c", text });
  expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual(["17 exit-imbalance"]);
});

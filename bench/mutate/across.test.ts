import { describe, expect, test } from "vitest";
import { acrossKinds } from "./across.ts";
import { mutate } from "./site.ts";

const caller = {
  file: "drivers/stock/main.c",
  text: `
int stock_move(struct stock *stock)
{
	int err;

	spin_lock(&stock->lock);
	err = stock_count(stock);
	stock_tell(stock);
	spin_unlock(&stock->lock);
	stock_sum(stock);
	return err;
}
`,
};
const helpers = {
  file: "drivers/stock/helpers.c",
  text: `
int stock_count(struct stock *shelf)
{
	if (shelf->dead)
		return -ENODEV;
	shelf->count++;
	return 0;
}

void stock_tell(struct stock *stock)
{
	stock->told = true;
}

int stock_sum(struct stock *stock)
{
	mutex_lock(&stock->sums);
	stock->sum++;
	mutex_unlock(&stock->sums);
	return 0;
}
`,
};

const mutantsOf = (name: string): readonly string[] =>
  acrossKinds
    .filter((kind) => kind.name === name)
    .flatMap(({ sitesIn }) => sitesIn([caller, helpers]).map(mutate));

describe("a helper of another file", () => {
  test("sleeps, called under a spinlock; apart by the number of its exits", () => {
    expect(mutantsOf("helper elsewhere sleeps (one exit)")).toEqual([
      helpers.text.replace("told = true;\n", "told = true;\n\tmsleep(1);\n"),
    ]);
    expect(mutantsOf("helper elsewhere sleeps (two or more exits)")).toEqual([
      helpers.text.replace("count++;\n\t", "count++;\n\tmsleep(1);\n\t"),
    ]);
  });

  test("takes the lock of its caller, by its own name for what the lock stands in", () => {
    expect(mutantsOf("helper elsewhere retakes its caller's lock (two or more exits)")).toEqual([
      helpers.text.replace(
        "count++;\n\t",
        "count++;\n\tspin_lock(&shelf->lock); spin_unlock(&shelf->lock);\n\t",
      ),
    ]);
  });

  test("keeps its lock, whether or not a caller holds one", () => {
    expect(mutantsOf("helper elsewhere keeps its lock (one exit)")).toEqual([
      helpers.text.replace("mutex_unlock(&stock->sums);", ";"),
    ]);
  });

  test("is none where it stands beside its caller, or two have its name", () => {
    const same = { ...caller, text: caller.text + helpers.text };
    const twice = [caller, helpers, { ...helpers, file: "drivers/stock/others.c" }];
    for (const files of [[same], twice])
      expect(acrossKinds.flatMap(({ sitesIn }) => sitesIn(files))).toEqual([]);
  });
});

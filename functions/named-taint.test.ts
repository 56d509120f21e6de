import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** A lock that no caller can name: what the helpers do to it is known of locks called the same alone. */
const GROUPS = `
static void lock_group(struct table *t, int group)
{
	spin_lock(group_lock(t, group));
}

static void unlock_group(struct table *t, int group)
{
	spin_unlock(group_lock(t, group));
}
`;

const LOCKED = `
void count(struct table *t, struct box *b, int group)
{
	lock_group(t, group);
	spin_lock(&b->item_lock);
	b->count++;
	UNLOCK
	unlock_group(t, group);
}
`;

const certain = async (text: string): Promise<readonly string[]> => {
  const { findings } = await checkSource({ file: "box.c", text });
  return findings.map(({ line, rule, lock }) => `${line}: ${rule}: ${lock}`);
};

test("a helper that changes a lock which its caller cannot name leaves the others known", async () => {
  expect(await certain(GROUPS + LOCKED.replace("UNLOCK", ""))).toEqual(["19: exit-imbalance: b->item_lock"]);
  expect(await certain(GROUPS + LOCKED.replace("UNLOCK", "spin_unlock(&b->item_lock);"))).toEqual([]);
});

test("it may change one that is called the same, and what a pointer leads to", async () => {
  const helper = `
static void end_all(struct table *t)
{
	struct box *each = first_of(t);

	each->count = 0;
	spin_unlock(&each->item_lock);
}
`;
  const locks = (lock: string) => `
void begin_some(struct table *t, struct box *b, spinlock_t *own)
{
	spin_lock(${lock});
	end_all(t);
}
`;
  expect(await certain(helper + locks("&b->item_lock"))).toEqual([]);
  expect(await certain(helper + locks("own"))).toEqual([]);
});

test("what stays held was taken behind the last release: an earlier one does not tell that this is meant", async () => {
  const text = (unlock: string) => `
int box_set(struct box *b, int split)
{
	int ret = -EINVAL;

	if (split) {
		down_write(&b->sem);
		ret = box_split(b);
		up_write(&b->sem);
		if (ret)
			goto out;
	}
	down_write(&b->sem);
	ret = box_dirty(b);
	${unlock}
out:
	b->count++;
	return ret;
}
`;
  expect(await certain(text(""))).toEqual(["18: exit-imbalance: b->sem"]);
  expect(await certain(text("up_write(&b->sem);"))).toEqual([]);
});

test("an iterator that keeps the lock of the object it stands at takes another one each time", async () => {
  const text = `
static void iter_leave(struct iter *it)
{
	if (it->at) {
		spin_unlock(&it->at->lock);
		it->at = NULL;
	}
}

static struct box *iter_next(struct iter *it)
{
	struct box *b = iter_step(it);

	iter_leave(it);
	if (!b)
		return NULL;
	spin_lock(&b->lock);
	it->at = b;
	return b;
}

void visit(struct table *t)
{
	struct iter it;
	struct box *b;

	iter_start(t, &it);
	while ((b = iter_next(&it)))
		b->count++;
}
`;
  expect(await certain(text)).toEqual([]);
});

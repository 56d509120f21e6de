import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const certain = async (text: string): Promise<readonly string[]> => {
  const { findings } = await checkSource({ file: "folio.c", text });
  return findings.map(({ line, rule, lock }) => `${line}: ${rule}: ${lock}`);
};

const CLEAN = (unlock: string) => `static void clean_folio(struct inode *inode, loff_t start)
{
	struct folio *folio = filemap_lock_folio(inode->i_mapping, start >> PAGE_SHIFT);

	if (IS_ERR(folio))
		return;
	if (folio_mkclean(folio))
		folio_mark_dirty(folio);
	${unlock}
	folio_put(folio);
}
`;

test("a folio that is put while it is locked, and stays so, is a leak", async () => {
  expect(await certain(CLEAN(""))).toEqual(["11: exit-imbalance: folio"]);
  expect(await certain(CLEAN("folio_unlock(folio);"))).toEqual([]);
});

test("it is none where the lock goes with the folio", async () => {
  const text = `static struct folio *get_folio(struct inode *inode, loff_t start)
{
	struct folio *folio = filemap_lock_folio(inode->i_mapping, start >> PAGE_SHIFT);

	if (IS_ERR(folio))
		return NULL;
	folio_put(folio);
	return folio;
}
`;
  expect(await certain(text)).toEqual([]);
});

test("nor where the function took a reference of its own, which another one stays beside", async () => {
  const text = `int collect(struct folio *folio, struct migrate *m)
{
	folio_get(folio);
	if (!folio_trylock(folio)) {
		folio_put(folio);
		return 0;
	}
	m->src = folio_pfn(folio);
	folio_put(folio);
	return 0;
}
`;
  expect(await certain(text)).toEqual([]);
});

test("nor where a loop unlocks each one before", async () => {
  const text = (unlock: string) => `void putback(struct list_head *folios)
{
	struct folio *folio, *next;

	list_for_each_entry_safe(folio, next, folios, lru) {
		list_del(&folio->lru);
		folio_lock(folio);
		folio_clear_isolated(folio);
		${unlock}
		folio_put(folio);
	}
}
`;
  expect(await certain(text("folio_unlock(folio);"))).toEqual([]);
});

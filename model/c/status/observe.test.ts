import { expect, test } from "vitest";
import type { Expression } from "../../ir/expression.ts";
import { expressionText } from "../../ir/expression-text.ts";
import type { LockEvent } from "../program/binding.ts";
import { programsOf } from "../testing/show.ts";
import { statusNames } from "../testing/status-names.ts";
import { observeFor } from "./observe.ts";

/** What a property can know of a function's only event of a kind. */
async function observed(text: string, kind: string) {
  const [program] = await programsOf(text);
  if (!program) throw new Error("no function");
  const { model, plan } = program.translation;
  const events = model.programs.flatMap(({ transitions }) =>
    transitions.flatMap(({ events = [] }) => events),
  );
  const event: LockEvent | undefined = events.find((each) => each.kind === kind);
  if (!event) throw new Error(`no event ${kind}`);
  const names = plan.calls.keys.flatMap((key) => [...statusNames(key)]);
  const shown = (expression: Expression | undefined) =>
    names.reduce(
      (line, [long, short]) => line.replaceAll(long, short),
      expression ? expressionText(expression) : "",
    );
  return { shown, event, knows: observeFor(plan.calls, event) };
}

const PTES = `static void f(struct mm_struct *mm, pmd_t *pmd)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, 0, &ptl);
	pte_t *other = pte_offset_map_nolock(mm, pmd, 0, &ptl);

	set_pte_at(mm, 0, pte, ptep_get(pte));
	pte_unmap_unlock(other, ptl);
	pte_unmap(pte);
}
`;

test("an access to a pte is about its mapping and the lock that protects it", async () => {
  const { shown, knows } = await observed(PTES, "access");
  expect(shown(knows.held("ptl"))).toBe("ptl ptl is HELD");
  expect(shown(knows.mapped())).toBe("pte-table pte is HELD");
  expect(shown(knows.notMapped())).toBe(
    "pte-table pte is released or dropped or over-released or maybe released",
  );
});

test("a table that is unmapped with the lock of another one is told from it", async () => {
  const { shown, event, knows } = await observed(PTES, "unmap");
  expect(event).toMatchObject({ key: 1, releasedWith: 2 });
  expect(shown(knows.mappedElsewhere?.())).toBe("pte-table other is untouched and (pte-table pte is HELD)");
});

test("a release is about its own lock", async () => {
  const text = `static void f(struct box *box)
{
	down_read(&box->sem);
	spin_lock(&box->lock);
	up_read(&box->sem);
	rcu_read_lock();
	rcu_read_unlock();
	rcu_read_unlock();
}
`;
  const { shown, knows } = await observed(text, "release");
  expect(shown(knows.held("rwsem"))).toBe("rwsem box->sem is HELD");
  expect(shown(knows.heldAs?.("rwsem", "shared"))).toMatch(
    /^rwsem box->sem is held-shared or held-shared twice or/,
  );
  expect(shown(knows.heldAs?.("rwsem", "exclusive"))).toBe("rwsem box->sem is HELD_EXCLUSIVE");
  expect(shown(knows.refused?.("rwsem"))).toBe("rwsem box->sem is refused");
  expect(shown(knows.held("mutex"))).toBe("false");
  expect(shown(knows.notHeld("rcu"))).toBe("rcu context is released or over-released or maybe released");
  expect(shown(knows.depth("rcu"))).toMatch(
    /^if rcu context is held then 1 else if rcu context is held twice/,
  );
  expect(shown(knows.inAtomic())).toBe(
    "(spinlock box->lock is HELD or over-released or all held) or (rcu context is HELD or over-released or all held)",
  );
});

test("of several flags and mappings each is known by its own number", async () => {
  const text = `static void f(struct page *one, struct page *other, unsigned long flags)
{
	void *first = kmap_local_page(one);
	void *second = kmap_local_page(other);

	kunmap_local(first);
}
`;
  const { shown, event, knows } = await observed(text, "unmap");
  expect(shown(knows.held("kmap", event.instance))).toBe("kmap first is HELD");
  expect(shown(knows.untouched?.("kmap", event.instance))).toBe("kmap first is untouched");
  expect(knows.instances?.("kmap")).toEqual({ kind: "range", min: 0, max: 1 });
  expect(knows.instances?.("spinlock")).toBeUndefined();
  expect(shown(knows.held("kmap"))).toBe("false");
});

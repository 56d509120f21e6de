/* A mapped page table is known by the pointers into it, which move; its lock protects the ptes. */

static void walks(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, unsigned long end)
{
	spinlock_t *ptl;
	pte_t *start_pte, *pte;

	start_pte = pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (!start_pte)
		return;
	for (; addr < end; pte++, addr += PAGE_SIZE)
		set_pte_at(vma->vm_mm, addr, pte, ptep_get(pte));
	pte_unmap_unlock(start_pte, ptl);
}

/* By whichever calls it is taken and released: the lock of a page table is one. */
static void released_as_a_spinlock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *lock;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &lock);

	if (!pte)
		return;
	set_pte_at(mm, addr, pte, ptep_get(pte++));
	spin_unlock(lock);
	pte_unmap(pte);
}

static void elsewhere(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_nolock(mm, pmd, addr, &ptl) + 1;

	spin_lock(ptl);
	set_pte_at(mm, addr, &pte[2], ptep_get(pte - 1));
	pte = other_pte(mm);
	set_pte_at(mm, addr, pte, ptep_get(pte));
	spin_unlock(ptl);
	pte_unmap(pte);
}

static void again(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);
	pte_t *pte = pte_offset_map(pmd, addr);

	if (pte)
		pte_unmap(pte);
	pte = NULL;
	spin_lock(ptl);
	spin_unlock(pte_lockptr(mm, pmd));
}

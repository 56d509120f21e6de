/** Rules about page tables and the folios that they map. */
export const pageTableExamples: Readonly<Record<string, string>> = {
  "ptl-held": `
 static int box_age(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
 {
 	spinlock_t *ptl;
 	pte_t *pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);

 	if (!pte)
 		return 0;
-	spin_unlock(ptl);
 	ptep_test_and_clear_young(vma, addr, pte);
+	spin_unlock(ptl);
 	pte_unmap(pte);
 	return 1;
 }
`,
  "pte-mapped": `
 static int box_peek(pmd_t *pmd, unsigned long addr)
 {
 	pte_t *pte = pte_offset_map(pmd, addr);
 	pte_t entry;

 	if (!pte)
 		return 0;
-	pte_unmap(pte);
 	entry = ptep_get(pte);
+	pte_unmap(pte);
 	return pte_present(entry);
 }
`,
  "lazy-mmu-balanced": `
 static int box_walk(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
 {
 	spinlock_t *ptl;
 	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);

 	if (!pte)
 		return 0;
 	arch_enter_lazy_mmu_mode();
 	ptep_get(pte);
+	arch_leave_lazy_mmu_mode();
 	pte_unmap_unlock(pte, ptl);
 	return 1;
 }
`,
  "tlb-flushed-after-relock": `
 static int box_scan(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
 {
 	spinlock_t *ptl;
 	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);

 	if (!pte)
 		return 0;
 	flush_tlb_batched_pending(mm);
 	ptep_get(pte);
 	pte_unmap_unlock(pte, ptl);
 	cond_resched();
 	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
 	if (!pte)
 		return 0;
+	flush_tlb_batched_pending(mm);
 	ptep_get(pte);
 	pte_unmap_unlock(pte, ptl);
 	return 1;
 }
`,
  "isolated-folios-reclaimed": `
 static int box_evict(struct folio *folio, int busy)
 {
 	LIST_HEAD(folios);

 	if (folio_isolate_lru(folio))
 		list_add(&folio->lru, &folios);
-	if (busy)
-		return -EBUSY;
 	reclaim_pages(&folios);
-	return 0;
+	return busy ? -EBUSY : 0;
 }
`,
  "list-not-emptied": `
 static int box_empty(struct box *box, int error)
 {
 	LIST_HEAD(gone);

 	spin_lock(&box->lock);
 	list_splice_init(&box->list, &gone);
 	spin_unlock(&box->lock);
-	if (error)
-		return -EBUSY;
 	box_free_all(&gone);
-	return 0;
+	return error ? -EBUSY : 0;
 }
`,
};

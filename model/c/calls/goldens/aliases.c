/* A variable that is assigned once, from a place that stays, is that place. */

static void once(struct vm_area_struct *vma)
{
	struct mm_struct *mm = vma->vm_mm;

	mmap_read_lock(mm);
	mmap_read_unlock(vma->vm_mm);
}

static void through_another(struct box *box)
{
	struct item *item = box->item;
	spinlock_t *lock = &item->lock;

	spin_lock(lock);
	spin_unlock(&box->item->lock);
}

static void twice(struct box *box)
{
	spinlock_t *lock = &box->lock;

	spin_lock(lock);
	spin_unlock(&box->lock);
	lock = &box->other;
	spin_lock(lock);
}

static void of_what_is_assigned(struct box *box)
{
	struct item *item = box->item;

	spin_lock(&item->lock);
	box->item = NULL;
	spin_unlock(&box->item->lock);
}

static void of_what_a_call_that_matters_sets(struct mm_struct *mm, pmd_t *pmd, struct box *box)
{
	spinlock_t *ptl = &box->lock;

	pte_offset_map_nolock(mm, pmd, 0, &ptl);
	spin_lock(ptl);
}

/* The call may have made item another one. */
static void of_what_another_call_sets(struct box *box)
{
	struct item *item = box->item;

	spin_lock(&item->lock);
	next_item(&item);
	spin_unlock(&item->lock);
}

/* It has a value before, and keeps it on one of the paths. */
static void of_a_parameter(struct box *box, struct box *other)
{
	if (!other)
		other = box;
	spin_lock(&other->lock);
	spin_unlock(&box->lock);
}

static void of_a_call_that_only_leads_there(struct page *page)
{
	struct folio *folio = page_folio(page);
	struct item *item = find_item(page);

	folio_lock(folio);
	folio_unlock(page_folio(page));
	spin_lock(&item->lock);
}

/* What a call is given the address of it may change. */

static void a_variable(struct box *box)
{
	int count = 0;

	if (!count)
		spin_lock(&box->lock);
	read_count(box, &count);
	if (!count)
		spin_unlock(&box->lock);
}

static void not_its_value(struct box *box, int count)
{
	if (count)
		spin_lock(&box->lock);
	note(box, count);
	if (count)
		spin_unlock(&box->lock);
}

static void what_a_pointer_leads_to(struct box *box, int *count)
{
	if (*count)
		spin_lock(&box->lock);
	read_count(box, count);
	if (*count)
		spin_unlock(&box->lock);
}

static void not_the_pointer_to_a_field(struct box *box)
{
	if (box)
		spin_lock(&box->lock);
	wake_up(&box->wait);
	if (box)
		spin_unlock(&box->lock);
}

static void by_a_call_that_matters(struct mm_struct *mm, pmd_t *pmd, spinlock_t *ptl, spinlock_t *old)
{
	if (!ptl && ptl != old)
		spin_lock(old);
	pte_offset_map_nolock(mm, pmd, 0, &ptl);
	if (!ptl && ptl != old)
		spin_unlock(old);
}

static void exchanged(struct box *box, int old, int new)
{
	if (old)
		spin_lock(&box->lock);
	swap(old, new);
	if (old)
		spin_unlock(&box->lock);
}

/* Steps and branches that no lock depends on are left out. */

static void sides_that_meet(struct box *box, int count)
{
	if (count)
		note(box, count);
	else
		note(box, -count);
	spin_lock(&box->lock);
}

static void rounds_that_do_nothing(struct box *box)
{
	while (box->next)
		cpu_relax();
	spin_lock(&box->lock);
	for (;;)
		cpu_relax();
}

static void one_branch_within_another(struct box *box, int count)
{
	if (count > 3) {
		if (box->full)
			count = 3;
		note(box, count);
	} else if (box->ready) {
		spin_lock(&box->lock);
	}
	spin_lock(&box->other);
}

/* Of the locks and facts that an unreadable statement names, nothing is known behind it. */

static void names_a_lock(struct box *box)
{
	spin_lock(&box->lock);
	spin_lock(&box->other);
	do_for(box->lock, { $$ });
	spin_unlock(&box->other);
	spin_unlock(&box->lock);
}

static void names_a_call(struct box *box)
{
	spin_lock(&box->lock);
	spin_lock(&box->other);
	do_for(spin_unlock, { $$ });
	spin_unlock(&box->lock);
}

static void names_a_fact(struct box *box, bool full)
{
	if (full)
		spin_lock(&box->lock);
	do_for(full, { $$ });
	if (full)
		spin_unlock(&box->lock);
}

static void names_a_pointer_on_the_way(struct box *box)
{
	spin_lock(&box->lock);
	do_for(box->count, { $$ });
	spin_unlock(&box->lock);
}

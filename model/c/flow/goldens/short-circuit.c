/* && and || evaluate their right side on one of two paths only. */

static void both(struct box *box, bool ready)
{
	if (ready && mutex_trylock(&box->mutex))
		mutex_unlock(&box->mutex);
}

static void one_of_two(struct box *box, bool quick)
{
	if (quick || !mutex_trylock(&box->mutex))
		return;
	mutex_unlock(&box->mutex);
}

static void three(struct box *box, bool ready, bool quick)
{
	if ((ready || quick) && mutex_trylock(&box->mutex))
		mutex_unlock(&box->mutex);
}

static void as_a_value(struct box *box, bool ready)
{
	bool locked = ready && mutex_trylock(&box->mutex);

	if (!!locked)
		mutex_unlock(&box->mutex);
}

static void as_a_statement(struct box *box, bool ready)
{
	spin_lock(&box->lock);
	ready && note(box, spin_trylock(&box->other)), spin_unlock(&box->lock);
}

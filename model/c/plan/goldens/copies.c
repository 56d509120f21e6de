/* A copy knows what its source knew, as far as somebody asks. */

static int of_a_result(struct box *box)
{
	int err, last;

	err = mutex_lock_interruptible(&box->mutex);
	last = err;
	if (last)
		return last;
	mutex_unlock(&box->mutex);
	return err;
}

static void of_a_constant(struct box *box, int next)
{
	int what = BOX_OPEN;

	if (box->full)
		what = BOX_SHUT;
	if (box->ready)
		next = what;
	if (next == BOX_OPEN)
		spin_lock(&box->lock);
	if (next != BOX_SHUT)
		spin_unlock(&box->lock);
}

static void that_grows(struct box *box)
{
	int turns = 0;

	if (spin_trylock(&box->lock))
		turns++;
	if (spin_trylock(&box->other))
		turns += 2;
	if (turns > 0)
		spin_unlock(&box->lock);
}

/* Of a function too large for all facts, only those are kept that its calls give. */

static bool returns_it(struct box *box)
{
	bool full = true;

	if (box->ready)
		full = false;
	spin_lock(&box->lock);
	return full;
}

static int asks_twice(struct box *box, bool ready)
{
	int err = 0;

	if (ready && is_full(box))
		err = mutex_lock_killable(&box->mutex);
	if (err)
		return err;
	if (ready && is_full(box))
		mutex_unlock(&box->mutex);
	return 0;
}

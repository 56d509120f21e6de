/* All facts but those that are named: here ready. */

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

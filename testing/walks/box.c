static int box_put(struct box *box, int item)
{
	int err = -ENOSPC;

	spin_lock(&box->lock);
#ifdef CONFIG_BOX_STATS
	box->puts++;
#endif
	if (box->count < BOX_SIZE) {
		box->items[box->count++] = item;
		spin_unlock(&box->lock);
		err = 0;
	}
	spin_unlock(&box->lock);
	return err;
}

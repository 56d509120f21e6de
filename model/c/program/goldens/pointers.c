/* Who takes a lock through a pointer knows that it is not NULL. */

static void of_a_field(struct box *box)
{
	if (box)
		spin_lock(&box->lock);
	if (box)
		spin_unlock(&box->lock);
}

static void behind_a_lock(struct box *box)
{
	spin_lock(&box->item->lock);
	if (!box->item)
		return;
	spin_unlock(&box->item->lock);
}

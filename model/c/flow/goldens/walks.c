/* Macros that take a statement: loops over something, and blocks that run once. */

static void over_a_list(struct box *box)
{
	struct item *item;

	list_for_each_entry(item, &box->items, node) {
		if (!item)
			spin_lock(&box->other);
		spin_lock(&item->lock);
		if (item->full)
			continue;
		spin_unlock(&item->lock);
	}
	if (!item)
		spin_lock(&box->lock);
}

static void safely(struct box *box)
{
	struct item *item, *next;

	list_for_each_entry_safe(item, next, &box->items, node) {
		spin_lock(&next->lock);
		spin_unlock(&item->lock);
	}
}

static void of_what_a_call_returns(struct box *box)
{
	struct item *item;

	for_each_item(item, first_item(mutex_lock(&box->mutex)))
		note(box, 1);
	mutex_unlock(&box->mutex);
}

static void once(struct box *box)
{
	scoped_user_guard(box) {
		spin_lock(&box->lock);
	}
	spin_unlock(&box->lock);
}

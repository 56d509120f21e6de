/* What is known of callees is done to the locks that their arguments and results lead to. */

static void by_its_argument(struct box *box)
{
	lock_box(1, &box->inner);
	spin_unlock(&box->inner.lock);
}

static void by_its_result(struct box *box)
{
	struct item *item = find_locked(box);

	if (!item)
		return;
	mutex_unlock(&item->mutex);
}

static void by_a_name_of_its_own(void)
{
	lock_boxes();
	spin_unlock(&boxes_lock);
}

static void of_any_lock(struct box *box)
{
	spin_lock(&box->lock);
	mutex_lock(&box->mutex);
	do_anything(box);
}

static void of_any_spinlock(struct box *box)
{
	spin_lock(&box->lock);
	mutex_lock(&box->mutex);
	do_spinning(box);
}

static void of_one_lock(struct box *box)
{
	spin_lock(&box->lock);
	spin_lock(&box->other);
	change_lock(box);
}

static void another_in_its_place(struct box *box)
{
	spin_lock(&box->lock);
	next_locked(box);
	spin_unlock(&box->lock);
}

static void of_no_lock_here(struct box *box, void (*call)(struct box *))
{
	spin_lock(&box->lock);
	call(box);
	known_to_do_nothing(box);
}

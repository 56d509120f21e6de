/* By the class of its result a caller tells how a function ended. */

static int by_a_constant(struct box *box)
{
	spin_lock(&box->lock);
	if (box->full)
		return -EBUSY;
	if (box->ready)
		return 1;
	spin_unlock(&box->lock);
	return BOX_OPEN;
}

static int by_a_variable(struct box *box)
{
	int err = mutex_lock_killable(&box->mutex);

	return err;
}

static bool by_a_condition(struct box *box)
{
	spin_lock(&box->lock);
	return box->count > 3;
}

static struct item *by_a_pointer(struct box *box)
{
	struct item *item = NULL;

	if (box->ready)
		item = &box->spare;
	spin_lock(&box->lock);
	return item;
}

static int by_a_call(struct box *box)
{
	spin_lock(&box->lock);
	return finish_box(box);
}

/* Not right yet: whoever takes its lock knows that item is not NULL. */
static struct item *by_a_pointer_to_a_lock(struct box *box)
{
	struct item *item = box->spare;

	spin_lock(&item->lock);
	return item;
}

static struct item *by_an_error(struct box *box)
{
	spin_lock(&box->lock);
	return ERR_PTR(box->err);
}

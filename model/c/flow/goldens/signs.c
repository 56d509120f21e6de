/* Of a variable it is kept whether it is an error, zero or more, as far as branches ask for it. */

static int negative(struct box *box)
{
	int err = mutex_lock_interruptible(&box->mutex);

	if (err < 0)
		return err;
	mutex_unlock(&box->mutex);
	return err;
}

static void the_current_task(struct box *box)
{
	struct task_struct *owner = NULL;

	if (box->ready)
		owner = current;
	if (owner)
		spin_lock(&box->lock);
}

static void mirrored(struct box *box, int count)
{
	if (0 < count)
		spin_lock(&box->lock);
	if (0 >= count)
		return;
	if (0 <= count && !(0 > count))
		spin_unlock(&box->lock);
}

static int null(struct box *box)
{
	struct item *item = NULL;

	if (box->full)
		item = box->item;
	if (item == NULL)
		return 0;
	spin_lock(&item->lock);
	if (item)
		spin_unlock(&item->lock);
	return 1;
}

static void is_true(struct box *box)
{
	bool locked = mutex_trylock(&box->mutex);

	if (locked != true)
		return;
	if (locked != false)
		mutex_unlock(&box->mutex);
}

static void in_a_pointer(struct box *box)
{
	struct item *item = box->full ? ERR_PTR(-EBUSY) : &box->spare;

	if (!IS_ERR(item))
		spin_lock(&item->lock);
	if (IS_ERR_OR_NULL(item))
		return;
	spin_unlock(&item->lock);
}

static long by_name(struct box *box)
{
	int err = -EAGAIN;

	if (mutex_trylock(&box->mutex))
		err = -ENOENT;
	if (err == -EAGAIN)
		return PTR_ERR(ERR_PTR(err));
	mutex_unlock(&box->mutex);
	if (err != -ENOENT)
		spin_lock(&box->lock);
	return err;
}

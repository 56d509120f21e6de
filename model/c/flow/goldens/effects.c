/* What an expression does happens in its place and once, wherever it stands. */

static int in_an_argument(struct box *box)
{
	note(box, mutex_lock_interruptible(&box->mutex));
	mutex_unlock(&box->mutex);
	return 0;
}

static int in_an_assignment_within_another(struct box *box)
{
	int err, last;

	err = last = mutex_lock_interruptible(&box->mutex);
	if (last)
		return err;
	mutex_unlock(&box->mutex);
	return 0;
}

static void left_of_a_comma(struct box *box)
{
	int count;

	count = (spin_lock(&box->lock), box->count);
	spin_unlock(&box->lock), note(box, count);
}

static void on_the_left_side(struct box *box, int at)
{
	box->slots[(spin_lock(&box->lock), at)] = (spin_lock(&box->other), 1);
	spin_unlock(&box->other);
	spin_unlock(&box->lock);
}

static int in_a_block_with_a_value(struct box *box)
{
	int err = ({
		int got = mutex_lock_killable(&box->mutex);

		note(box, got);
		got;
	});

	if (!err)
		mutex_unlock(&box->mutex);
	return err;
}

static size_t in_no_sizeof(struct box *box)
{
	spin_lock(&box->lock);
	BUILD_BUG_ON(sizeof(*box) > 64);
	spin_unlock(&box->lock);
	return sizeof(*box);
}

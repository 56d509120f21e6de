/* A guard releases its lock wherever its scope is left. */

static int to_the_end_of_the_function(struct box *box)
{
	guard(mutex)(&box->mutex);
	if (box->full)
		return -EBUSY;
	return 0;
}

static void to_the_end_of_a_block(struct box *box)
{
	if (box->ready) {
		guard(spinlock)(&box->lock);
		guard(spinlock)(&box->other);
		note(box, 1);
	}
	mutex_lock(&box->mutex);
}

static void of_one_statement(struct box *box)
{
	scoped_guard(mutex, &box->mutex)
		note(box, 1);
	scoped_guard(rcu)
		note(box, 2);
}

static void until_a_round_ends(struct box *box)
{
	for (;;) {
		guard(spinlock)(&box->lock);
		if (box->full)
			break;
		if (box->ready)
			continue;
		spin_lock(&box->other);
	}
	mutex_lock(&box->mutex);
}

static void left_by_a_jump(struct box *box)
{
again:
	guard(spinlock)(&box->lock);
	{
		guard(spinlock)(&box->other);
		if (box->full)
			goto again;
		if (box->ready)
			goto out;
	}
	spin_lock(&box->third);
out:
	mutex_lock(&box->mutex);
}

static void kept_by_a_jump_within_its_block(struct box *box)
{
	while (box->next) {
		guard(spinlock)(&box->lock);
		if (box->full)
			goto next;
		note(box, 1);
next:
		note(box, 2);
	}
}

static void left_by_a_jump_into_another_block(struct box *box)
{
	scoped_guard(spinlock, &box->lock) {
		if (box->full)
			goto full;
	}
	if (box->ready) {
full:
		mutex_lock(&box->mutex);
	}
}

static void kept_by_a_jump_into_a_block_within(struct box *box)
{
	while (box->next) {
		guard(spinlock)(&box->lock);
		if (box->full)
			goto last;
		if (!box->ready) {
last:
			note(box, 1);
			return;
		}
	}
}

static int value_before_release(struct box *box)
{
	guard(spinlock)(&box->lock);
	return mutex_trylock(&box->mutex);
}

/* Taken and released under one condition: the paths that mix them up are none. */

static void by_a_parameter(struct box *box, bool lock)
{
	if (lock)
		mutex_lock(&box->mutex);
	box->count++;
	if (lock)
		mutex_unlock(&box->mutex);
}

static void noted_in_a_flag(struct box *box)
{
	bool locked = false;

	if (box->ready) {
		mutex_lock(&box->mutex);
		locked = true;
	}
	if (locked)
		mutex_unlock(&box->mutex);
}

static void by_a_field_that_changes(struct box *box)
{
	if (box->ready)
		mutex_lock(&box->mutex);
	box->ready = next_state(box);
	if (box->ready)
		mutex_unlock(&box->mutex);
}

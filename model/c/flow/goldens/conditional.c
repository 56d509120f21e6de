/* One of two values, chosen by a condition. */

static void asks_a_choice(struct box *box, bool try)
{
	if (try ? mutex_trylock(&box->mutex) : (mutex_lock(&box->mutex), true))
		mutex_unlock(&box->mutex);
}

static int keeps_a_choice(struct box *box, bool try)
{
	int locked = try ? mutex_trylock(&box->mutex) : 0;

	if (locked)
		mutex_unlock(&box->mutex);
	return locked;
}

static int of_itself(struct box *box)
{
	int err = mutex_trylock(&box->mutex) ? 1 : 0;

	return err ?: -EBUSY;
}

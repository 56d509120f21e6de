/* Locks of what is handed to the callee whose result is returned are that callee's business. */

static int returned(struct box *box)
{
	spin_lock(&box->lock);
	spin_lock(&boxes_lock);
	return finish_box(box);
}

static void called(struct box *box)
{
	spin_lock(&box->lock);
	finish_box(box);
}

static void to_a_function_pointer(struct box *box, struct folio *folio)
{
	folio_lock(folio);
	spin_lock(&box->lock);
	box->finish(box, folio);
}

static void not_a_lock_alone(struct box *box, spinlock_t *lock)
{
	spin_lock(lock);
	box->finish(lock);
}

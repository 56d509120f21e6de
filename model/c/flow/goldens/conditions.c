/* The same question has the same answer, however it is put. */

static void neither(struct box *box)
{
	if (!(is_full(box) || is_ready(box)))
		spin_lock(&box->lock);
	if (!is_full(box) && !is_ready(box))
		spin_unlock(&box->lock);
}

static void either_side(struct box *box, int size)
{
	if (size == box->count)
		spin_lock(&box->lock);
	if (box->count != size)
		return;
	spin_unlock(&box->lock);
}

static void less_or_more(struct box *box, int size)
{
	if (box->count < size)
		spin_lock(&box->lock);
	if (size <= box->count)
		return;
	if (size > box->count && !(box->count >= size))
		spin_unlock(&box->lock);
}

static void either_bit(struct box *box)
{
	if (box->flags & (BOX_OPEN | BOX_SHUT))
		spin_lock(&box->lock);
	if (!(box->flags & BOX_OPEN))
		if (!(box->flags & BOX_SHUT))
			return;
	spin_unlock(&box->lock);
}

static void with_a_hint(struct box *box)
{
	if (likely(READ_ONCE(box->owner) == current))
		spin_lock(&box->lock);
	if (WARN_ON_ONCE(current != (box->owner)))
		return;
	spin_unlock(&box->lock);
}

static void of_its_configuration(struct box *box)
{
	while (box->next) {
		if (IS_ENABLED(CONFIG_BOX))
			spin_lock(&box->lock);
		note(box, 1);
		if (IS_ENABLED(CONFIG_BOX))
			spin_unlock(&box->lock);
	}
}

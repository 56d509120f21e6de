/* Loops, and the ways out of a round. */

static void while_it_is_full(struct box *box)
{
	while (box_is_full(box)) {
		spin_lock(&box->lock);
		if (box->ready)
			break;
		spin_unlock(&box->lock);
	}
}

static void do_at_least_once(struct box *box)
{
	do {
		spin_lock(&box->lock);
		if (box->ready)
			continue;
		spin_unlock(&box->lock);
	} while (mutex_trylock(&box->mutex));
}

static void for_each_slot(struct box *box, int slots)
{
	for (int slot = 0; slot < slots; slot++, spin_unlock(&box->lock)) {
		spin_lock(&box->lock);
		if (slot_is_empty(box, slot))
			continue;
		fill_slot(box, slot);
	}
}

static void for_ever(struct box *box)
{
	for (;;) {
		spin_lock(&box->lock);
		while (box->next) {
			if (box->full)
				break;
			spin_unlock(&box->lock);
			return;
		}
		spin_unlock(&box->lock);
	}
}

static void do_once(struct box *box)
{
	do {
		spin_lock(&box->lock);
		spin_unlock(&box->lock);
	} while (0);
}

/* A further round asks again what memory holds; what is local has not changed. */

static void memory(struct box *box)
{
	for (;;) {
		if (is_full(box))
			spin_lock(&box->lock);
		if (is_full(box))
			spin_unlock(&box->lock);
	}
}

static void local(struct box *box, int size, int most)
{
	for (;;) {
		if (size == most)
			spin_lock(&box->lock);
		if (size == most)
			spin_unlock(&box->lock);
	}
}

static void its_own_test(struct box *box, int size, int most)
{
	while (size < most) {
		spin_lock(&box->lock);
		if (size < most)
			spin_unlock(&box->lock);
	}
}

static void its_own_test_at_the_end(struct box *box, int size, int most)
{
	do {
		spin_lock(&box->lock);
		if (size < most)
			spin_unlock(&box->lock);
	} while (size < most);
}

static void back_by_a_jump(struct box *box)
{
again:
	if (is_full(box))
		spin_lock(&box->lock);
	if (is_full(box)) {
		spin_unlock(&box->lock);
		goto again;
	}
}

/* Jumps forward, back, into what is behind a loop, and to nowhere. */

static int forward(struct box *box)
{
	int err = -EBUSY;

	spin_lock(&box->lock);
	if (box->full)
		goto out;
	err = 0;
out:
	spin_unlock(&box->lock);
	return err;
}

static void back(struct box *box)
{
again:
	spin_lock(&box->lock);
	if (!spin_trylock(&box->other)) {
		spin_unlock(&box->lock);
		goto again;
	}
	spin_unlock(&box->other);
	spin_unlock(&box->lock);
}

static void out_of_two_loops(struct box *box)
{
	while (box->next) {
		for (;;) {
			spin_lock(&box->lock);
			if (box->full)
				goto done;
			spin_unlock(&box->lock);
		}
	}
	return;
done:
	spin_unlock(&box->lock);
}

static void nowhere(struct box *box)
{
	spin_lock(&box->lock);
	if (box->full)
		goto elsewhere;
	spin_unlock(&box->lock);
}

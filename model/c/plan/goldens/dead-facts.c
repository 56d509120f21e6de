/* A fact is kept until nothing behind asks for it, and not at all where nothing does. */

static void until_the_last_question(struct box *box, bool ready)
{
	if (ready)
		spin_lock(&box->lock);
	if (ready)
		spin_unlock(&box->lock);
	spin_lock(&box->other);
}

static void asked_once(struct box *box, bool ready)
{
	if (ready)
		spin_lock(&box->lock);
}

static int of_no_lock(struct box *box, int count)
{
	int err = 0;

	if (count)
		err = -EINVAL;
	if (err)
		note(box, err);
	spin_lock(&box->lock);
	spin_unlock(&box->lock);
	return 0;
}

static void overwritten(struct box *box, int err)
{
	if (err)
		spin_lock(&box->lock);
	err = 0;
	if (err)
		spin_unlock(&box->lock);
}

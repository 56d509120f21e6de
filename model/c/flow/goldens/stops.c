/* Paths that end before the function does. */

static void bug(struct box *box)
{
	spin_lock(&box->lock);
	if (box->full)
		BUG();
	spin_unlock(&box->lock);
}

static void bug_if(struct box *box, int count)
{
	spin_lock(&box->lock);
	BUG_ON(!count);
	if (count)
		spin_unlock(&box->lock);
}

static void taken_for_granted(struct box *box)
{
	WARN_ON(!spin_trylock(&box->lock));
	WARN_ON(!box->full);
	spin_unlock(&box->lock);
}

static void behind_a_return(struct box *box)
{
	spin_lock(&box->lock);
	return;
	spin_unlock(&box->lock);
}

static int never_returns(struct box *box)
{
	spin_lock(&box->lock);
	do_exit(1);
	spin_unlock(&box->lock);
}

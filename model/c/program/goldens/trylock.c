/* A lock that is tried for is held on one outcome, and known as not held on the other. */

static int tried(struct box *box)
{
	if (!spin_trylock(&box->lock))
		return -EBUSY;
	spin_unlock(&box->lock);
	return 0;
}

static int for_reading(struct box *box)
{
	int got = down_read_trylock(&box->sem);

	if (got)
		up_read(&box->sem);
	return got;
}

static int interrupted(struct box *box)
{
	int err = down_write_killable(&box->sem);

	if (err)
		return err;
	up_write(&box->sem);
	return 0;
}

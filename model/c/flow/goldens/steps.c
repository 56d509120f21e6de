/* A count steps up or down before its value is read, or after. */

static void before(struct box *box)
{
	int turns = 0;

	if (++turns)
		spin_lock(&box->lock);
	if (turns)
		spin_unlock(&box->lock);
}

static void after(struct box *box)
{
	int turns = 0;

	if (turns++)
		spin_lock(&box->lock);
	if (turns)
		spin_unlock(&box->lock);
}

static void down(struct box *box)
{
	int turns = 1;

	if (turns--)
		spin_lock(&box->lock);
	if (turns)
		spin_unlock(&box->lock);
}

static void by_a_number(struct box *box, int more)
{
	int turns = 1;

	turns += more;
	if (turns)
		spin_lock(&box->lock);
	turns |= more;
	if (turns)
		spin_unlock(&box->lock);
}

static void odd_or_even(struct box *box)
{
	int seq = 0;

again:
	read_seqbegin_or_lock(&box->seqlock, &seq);
	if (seq & 1)
		spin_lock(&box->lock);
	if (need_seqretry(&box->seqlock, seq)) {
		seq = 1;
		goto again;
	}
	if (seq & 1)
		spin_unlock(&box->lock);
}

/* Lines that a diff does not show may do anything; where they end, no function does. */

static void hidden_lines(struct box *box, int count)
{
	spin_lock(&box->lock);
	if (count)
		spin_lock(&box->other);
	__holdfast_gap();
	if (count)
		spin_unlock(&box->other);
	spin_unlock(&box->lock);
}

static int with_a_value(struct box *box)
{
	spin_lock(&box->lock);
	__holdfast_gap();
	return box->count;
}

static void begins_within_a_switch(struct box *box)
{
	spin_lock(&box->lock);
	case BOX_OPEN:
		spin_unlock(&box->lock);
}

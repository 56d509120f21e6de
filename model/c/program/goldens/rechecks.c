/* What was seen without a lock is asked again with it. */

static void a_condition(struct box *box)
{
	if (is_full(box))
		return;
	spin_lock(&box->lock);
	if (is_full(box) || is_ready(box))
		spin_unlock(&box->lock);
}

static void a_field(struct box *box)
{
	if (!box->full)
		return;
	spin_lock(&box->lock);
	if (box->full)
		spin_unlock(&box->lock);
}

static void not_a_variable(struct box *box, bool full)
{
	if (!full)
		return;
	spin_lock(&box->lock);
	if (full)
		spin_unlock(&box->lock);
}

static void not_where_paths_meet(struct box *box)
{
	if (is_full(box))
		spin_lock(&box->lock);
	if (is_full(box))
		spin_unlock(&box->lock);
}

static void not_a_later_statement(struct box *box)
{
	if (is_full(box))
		return;
	spin_lock(&box->lock);
	if (is_ready(box))
		spin_unlock(&box->lock);
	else if (is_full(box))
		spin_unlock(&box->lock);
}

static void one_field_twice(struct box *box)
{
	if (box->next)
		return;
	spin_lock(&box->lock);
	if (!box->next || box->next == NULL)
		spin_unlock(&box->lock);
}

/* A list of the function's own must be empty when it returns. */

static void fills(struct box *box)
{
	LIST_HEAD(taken);

	list_add(&box->node, &taken);
	shrink_folio_list(&box->folios, NULL);
}

static void empties(struct box *box)
{
	LIST_HEAD(taken);

	list_add(&box->node, &taken);
	list_splice_init(&taken, &box->items);
}

static void hands_it_over(struct box *box)
{
	LIST_HEAD(taken);

	list_move(&box->node, &taken);
	free_items(&taken);
}

static void asks_whether_it_is_empty(struct box *box)
{
	LIST_HEAD(taken);

	list_add_tail(&box->node, &taken);
	if (!list_empty(&taken))
		free_items(&taken);
}

static void whose_address_is_kept(struct box *box)
{
	LIST_HEAD(taken);
	struct list_head *head = &taken;

	list_add(&box->node, &taken);
}

static int whose_address_is_lent(struct box *box)
{
	LIST_HEAD(taken);
	int count;

	list_add(&box->node, &taken);
	count = count_items(&taken);
	return count;
}

static void of_the_box(struct box *box)
{
	list_add(&box->node, &box->items);
	spin_lock(&box->lock);
}

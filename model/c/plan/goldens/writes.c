/* Who writes a variable writes what is reached through it, and nothing beside it. */

static void a_pointer(struct box *box, struct box *next)
{
	if (box->full)
		spin_lock(&boxes_lock);
	box = next;
	if (box->full)
		spin_unlock(&boxes_lock);
}

static void a_pointer_to_a_number(struct box *box, int *count)
{
	if (*count)
		spin_lock(&boxes_lock);
	count = box->counts;
	if (*count)
		spin_unlock(&boxes_lock);
}

static void a_structure(struct box box)
{
	if (box.full)
		spin_lock(&boxes_lock);
	box = first_box();
	if (box.full)
		spin_unlock(&boxes_lock);
}

static void what_a_condition_reads(struct box *box, int size)
{
	if (box->count < size)
		spin_lock(&boxes_lock);
	size++;
	if (box->count < size)
		spin_unlock(&boxes_lock);
}

static void another_of_a_similar_name(struct box *box, struct box *box2)
{
	if (box->full && box->count < 3)
		spin_lock(&boxes_lock);
	box2 = NULL;
	box2->count = 3;
	if (box->full && box->count < 3)
		spin_unlock(&boxes_lock);
}

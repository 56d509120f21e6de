/* A pointer that is assigned leads to another lock. */

static void to_the_next(struct box *box)
{
	spin_lock(&box->lock);
	box = box->next;
	spin_unlock(&box->lock);
}

static void to_a_copy(struct box *box, struct box *next)
{
	spin_lock(&next->lock);
	if (next->full)
		next = next->next;
	box = next;
	spin_unlock(&box->lock);
}

static void through_a_field(struct box *box)
{
	spin_lock(&box->item->lock);
	box->item = find_item(box);
	spin_unlock(&box->item->lock);
}

static void along_an_array(struct box *boxes, int at)
{
	spin_lock(&boxes[at].lock);
	at++;
	spin_lock(&boxes[at].lock);
}

static void found_to_be_one(struct box *box, struct box *other)
{
	spin_lock(&box->lock);
	if (box != other)
		spin_lock(&other->lock);
	if (box == other)
		return;
	spin_unlock(&other->lock);
}

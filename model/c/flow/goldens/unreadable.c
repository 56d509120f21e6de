/* A statement that the parser can't read may do anything to what it names. */

static void names_a_lock(struct box *box)
{
	spin_lock(&box->lock);
	spin_lock(&box->other);
	<<<<<<< (box->lock
	spin_unlock(&box->other);
}

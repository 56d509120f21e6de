/* An allocation sleeps where its flags allow it. */

static void with_a_lock_held(struct box *box, gfp_t gfp)
{
	spin_lock(&box->lock);
	box->item = kmalloc(sizeof(*box->item), GFP_KERNEL);
	box->item = kmalloc(sizeof(*box->item), GFP_NOWAIT);
	box->item = kzalloc(sizeof(*box->item), gfp);
	spin_unlock(&box->lock);
}

/* Each consistent choice among the arms of the #ifs is a program of its own. */

static void either_arm(struct box *box)
{
#ifdef CONFIG_BOX
	spin_lock(&box->lock);
#else
	mutex_lock(&box->mutex);
#endif
#ifdef CONFIG_BOX
	spin_unlock(&box->lock);
#endif
}

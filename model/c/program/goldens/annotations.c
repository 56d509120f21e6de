/* What a function's head says of a lock, it is believed to come with. */

static void keeps(struct box *box) __must_hold(&box->lock)
{
	spin_unlock(&box->lock);
	spin_lock(&box->lock);
}

static void releases(struct box *box) __releases_shared(&box->sem)
{
	up_read(&box->sem);
}

static void acquires(struct box *box) __acquires(&box->lock)
{
	spin_lock(&box->lock);
}

static void of_the_mm(struct mm_struct *mm) __must_hold(&mm->mmap_lock)
{
	mmap_read_unlock(mm);
}

static void of_what_may_be_another(struct box *box, struct box *other) __must_hold(&box->lock)
{
	if (box->full)
		other = box->next;
	else
		other = box;
	spin_lock(&other->lock);
	spin_unlock(&box->lock);
}

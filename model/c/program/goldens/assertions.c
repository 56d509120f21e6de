/* An assertion says that a lock is held, of a lock that the function touches. */

static void held(struct box *box)
{
	lockdep_assert_held(&box->lock);
	spin_unlock(&box->lock);
	lockdep_assert_held(&box->lock);
}

static void for_reading(struct box *box)
{
	lockdep_assert_held_read(&box->sem);
	up_read(&box->sem);
}

static void of_another(struct box *box)
{
	lockdep_assert_held(&box->other);
	spin_lock(&box->lock);
}

static void by_other_means(struct box *box)
{
	__acquire(&box->lock);
	spin_unlock(&box->lock);
	__release(&box->other);
	spin_unlock(&box->other);
}

static void of_what_may_be_another(struct box *box, struct box *other)
{
	lockdep_assert_held(&box->lock);
	if (box->full)
		other = box->next;
	else
		other = box;
	spin_lock(&other->lock);
	spin_unlock(&box->lock);
}

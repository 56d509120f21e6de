/* One lock under each way to write its path; another path is another lock. */

static spinlock_t boxes_lock;

static void one_lock(struct box *box)
{
	spin_lock(&box->lock);
	spin_unlock((spinlock_t *)&(box)->lock);
	spin_lock(&READ_ONCE(box)->lock);
	spin_unlock(&*&box->lock);
}

static void through_a_star(struct box *box)
{
	spin_lock(&(*box).lock);
}

static void of_a_structure(struct box box)
{
	spin_lock(&box.lock);
	spin_unlock(&(&box)->lock);
}

static void others(struct box *box, int at)
{
	spin_lock(&boxes_lock);
	spin_lock(&box->slots[at].lock);
	spin_lock(box_lock(box));
	spin_lock(&box->next->lock);
	mutex_lock(&box->lock);
}

static void one_family(struct mm_struct *mm, spinlock_t *ptl)
{
	spin_lock(ptl);
	spin_unlock(ptl);
	raw_spin_lock(&mm->raw);
	spin_unlock(&mm->raw);
	mmap_read_lock(mm);
	up_read(&mm->mmap_lock);
}

static void of_a_folio(struct page *page)
{
	folio_lock(page_folio(page));
	unlock_page(page);
}

static void of_an_array(struct box *box, int at)
{
	spin_lock(&(box + at)->lock);
	spin_lock(&box[at].lock);
	spin_lock(&(&box[at])->lock);
	spin_lock(&(*(box + at)).lock);
	spin_lock(&(*&box[at]).lock);
	spin_lock(&(box + at - 1)->lock);
	spin_lock(&box[at - 1].lock);
}

static void first_of_an_array(struct box *box)
{
	spin_lock(&box[0].lock);
	spin_unlock(&box->lock);
}

static void array_of_locks(spinlock_t *locks, int at)
{
	spin_lock(locks + at);
	spin_unlock(&locks[at]);
	spin_lock(&*(locks + at));
	spin_unlock(&locks[0]);
	spin_unlock(locks);
}

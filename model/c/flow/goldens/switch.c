/* Cases are tried in their order, and fall from one into the next. */

static void falls_through(struct box *box, int what)
{
	switch (what) {
	case BOX_OPEN:
		spin_lock(&box->lock);
		fallthrough;
	case BOX_SHUT:
		spin_lock(&box->other);
		break;
	default:
		return;
	}
	spin_unlock(&box->other);
}

static void default_first(struct box *box, int what)
{
	switch (what) {
	default:
		spin_lock(&box->lock);
		break;
	case 0:
		spin_lock(&box->other);
	}
}

static void without_a_default(struct box *box, int what)
{
	switch (what) {
	case 1:
	case -EBUSY:
		spin_lock(&box->lock);
	}
	note(box, what);
	spin_unlock(&box->lock);
}

static void of_a_range(struct box *box, int what)
{
	switch (what) {
	case 1 ... 3:
		spin_lock(&box->lock);
	}
}

static void of_a_call(struct box *box)
{
	switch (mutex_lock_killable(&box->mutex)) {
	case 0:
		mutex_unlock(&box->mutex);
		break;
	case -EINTR:
		spin_lock(&box->lock);
		break;
	}
}

static void within_a_loop(struct box *box)
{
	while (box->next) {
		switch (box->state) {
		case BOX_OPEN:
			spin_lock(&box->lock);
			continue;
		case BOX_SHUT:
			spin_unlock(&box->lock);
		}
		spin_lock(&box->other);
	}
}

static void into_a_loop(struct box *box)
{
	switch (box->state) {
	case BOX_OPEN:
		do {
			spin_lock(&box->lock);
	case BOX_SHUT:
			spin_unlock(&box->lock);
		} while (box->next);
	}
}

static void into_a_branch(struct box *box)
{
	switch (box->state) {
	case BOX_OPEN:
		spin_lock(&box->lock);
		if (box->next) {
	default:
			spin_unlock(&box->lock);
		}
	}
}

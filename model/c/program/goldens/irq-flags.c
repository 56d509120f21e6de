/* Interrupt flags are saved in a variable, and restored from it. */

static void of_a_lock(struct box *box)
{
	unsigned long flags;

	spin_lock_irqsave(&box->lock, flags);
	spin_unlock_irqrestore(&box->lock, flags);
}

static void by_themselves(struct box *box)
{
	unsigned long flags;

	local_irq_save(flags);
	spin_lock(&box->lock);
	spin_unlock_irqrestore(&box->lock, flags);
}

static void lost(struct box *box)
{
	unsigned long flags;

	spin_lock_irqsave(&box->lock, flags);
	spin_unlock_irq(&box->lock);
}

static void given_away(struct box *box, unsigned long *saved)
{
	unsigned long flags;

	spin_lock_irqsave(&box->lock, flags);
	if (box->ready)
		*saved = flags;
	else
		box_release(box, &flags);
}

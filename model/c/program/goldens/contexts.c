/* Contexts that are entered by themselves, and those that come and go with a lock. */

static void read_section(struct box *box)
{
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
	rcu_read_unlock();
}

static void only_left(struct box *box)
{
	preempt_enable();
	local_bh_enable();
}

static void with_a_lock(struct box *box)
{
	spin_lock_bh(&box->lock);
	spin_unlock_bh(&box->lock);
}

static void apart_from_a_lock(struct box *box)
{
	local_irq_disable();
	spin_lock(&box->lock);
	spin_unlock_irq(&box->lock);
}

static void that_is_on_or_off(struct box *box)
{
	arch_enter_lazy_mmu_mode();
	arch_enter_lazy_mmu_mode();
	arch_leave_lazy_mmu_mode();
}

static void sleeps(struct box *box)
{
	rcu_read_lock();
	cond_resched();
	box->item = kmalloc(sizeof(*box->item), GFP_KERNEL);
	box->item = kmalloc(sizeof(*box->item), GFP_ATOMIC);
	schedule();
	rcu_read_unlock();
}

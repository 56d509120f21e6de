/* Jumps whose label is not named by a goto: by a table, by assembly, by a macro that is given it. */

static void by_a_table(struct box *box, int what)
{
	static const void *const to[] = { &&out, &&done };

	spin_lock(&box->lock);
	goto *to[what];
unused:
	box->count = 0;
out:
	spin_unlock(&box->lock);
done:
	box->count++;
}

static void by_a_table_of_others(struct box *box, void **to)
{
	spin_lock(&box->lock);
	goto **to;
out:
	spin_unlock(&box->lock);
}

static int by_assembly(struct box *box)
{
	spin_lock(&box->lock);
	asm goto("1: jmp %l[full] # %l0" : : "m" (((box)->count)) : "memory" : full);
	spin_unlock(&box->lock);
	return 0;
full:
	return -ENOSPC;
}

static int by_volatile_assembly(struct box *box)
{
	asm_volatile_goto("jmp %l[full]" : : : : full);
	return 0;
full:
	return -ENOSPC;
}

static int by_a_macro(struct box *box, int fault)
{
	int again = 1;

	spin_lock(&box->lock);
	get_box(box, again, fault, bad);
	spin_unlock(&box->lock);
again:
fault:
	return 0;
bad:
	return -EFAULT;
}

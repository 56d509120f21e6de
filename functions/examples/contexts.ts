/** Rules about RCU, SRCU, preemption, interrupts, and what may sleep where. */
export const contextExamples: Readonly<Record<string, string>> = {
  "no-sleep-in-atomic": `
 static int box_grow(struct box *box)
 {
 	struct item *item;

-	spin_lock(&box->lock);
 	item = kmalloc(sizeof(*item), GFP_KERNEL);
+	spin_lock(&box->lock);
 	box->item = item;
 	spin_unlock(&box->lock);
 	return 0;
 }
`,
  "rcu-balanced": `
 static int box_size(struct box *box)
 {
 	int size;

 	rcu_read_lock();
 	size = rcu_dereference(box->label)->size;
 	rcu_read_unlock();
-	rcu_read_unlock();
 	return size;
 }
`,
  "preempt-balanced": `
 static void box_count(struct box *box)
 {
 	preempt_disable();
 	box->items++;
-	preempt_enable();
 	preempt_enable();
 }
`,
  "srcu-index": `
 static void box_read(struct box *box)
 {
 	int idx = srcu_read_lock(&box->srcu);

 	box->reads++;
-	srcu_read_unlock(&box->srcu, 0);
+	srcu_read_unlock(&box->srcu, idx);
 }
`,
  "wait-under-lock": `
 static void box_clear(struct box *box)
 {
 	int idx = srcu_read_lock(&box->srcu);

 	box->items = 0;
-	synchronize_srcu(&box->srcu);
 	srcu_read_unlock(&box->srcu, idx);
+	synchronize_srcu(&box->srcu);
 }
`,
  "rcu-not-held": `
 static int box_weight(struct box *box)
 {
 	struct label *label;
 	int size, weight;

 	rcu_read_lock();
 	size = rcu_dereference(box->label)->size;
-	rcu_read_unlock();
 	label = rcu_dereference(box->label);
 	weight = size + label->weight;
+	rcu_read_unlock();
 	return weight;
 }
`,
  "irq-safety": `
 static irqreturn_t box_irq(int irq, void *dev)
 {
 	struct box *box = dev;

 	spin_lock(&box->state);
 	box->step++;
 	spin_unlock(&box->state);
 	return IRQ_HANDLED;
 }

 static int box_start(struct box *box)
 {
 	int err = request_irq(box->irq, box_irq, 0, "box", box);

 	if (err)
 		return err;
-	spin_lock(&box->state);
+	spin_lock_irq(&box->state);
 	box->step = 0;
-	spin_unlock(&box->state);
+	spin_unlock_irq(&box->state);
 	return 0;
 }
`,
  "atomic-context": `
 static irqreturn_t box_irq(int irq, void *dev)
 {
 	struct box *box = dev;

-	mutex_lock(&box->lock);
+	spin_lock(&box->lock);
 	box->step++;
-	mutex_unlock(&box->lock);
+	spin_unlock(&box->lock);
 	return IRQ_HANDLED;
 }

 static int box_start(struct box *box)
 {
 	return request_irq(box->irq, box_irq, 0, "box", box);
 }
`,
  "seq-not-read-again": `
 static u64 box_stamp(struct box *box)
 {
 	unsigned int seq;
 	u64 stamp;

-	seq = read_seqbegin(&box->seq);
 	do {
+		seq = read_seqbegin(&box->seq);
 		stamp = box->stamp;
 	} while (read_seqretry(&box->seq, seq));
 	return stamp;
 }
`,
  "sleep-in-condition": `
 static bool box_idle(struct box *box)
 {
 	bool idle;

-	mutex_lock(&box->lock);
+	spin_lock(&box->state);
 	idle = box->step == 0;
-	mutex_unlock(&box->lock);
+	spin_unlock(&box->state);
 	return idle;
 }

 static void box_wait(struct box *box)
 {
 	wait_event(box->idle, box_idle(box));
 }
`,
};

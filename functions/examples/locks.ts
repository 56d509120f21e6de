/** Rules about locks. */
export const lockExamples: Readonly<Record<string, string>> = {
  "double-lock": `
 static void box_refill(struct box *box)
 {
 	spin_lock(&box->lock);
 	box->items--;
-	spin_lock(&box->lock);
 	box->queued++;
 	spin_unlock(&box->lock);
 }
`,
  "double-unlock": `
 static int box_get(struct box *box)
 {
 	mutex_lock(&box->lock);
 	if (!box->items) {
 		mutex_unlock(&box->lock);
-		goto out;
+		return -ENOENT;
 	}
 	box->items--;
-out:
 	mutex_unlock(&box->lock);
 	return 0;
 }
`,
  "release-not-held": `
 static int box_try(struct box *box)
 {
 	if (!mutex_trylock(&box->lock))
-		goto out;
+		return 0;
 	box->items++;
-out:
 	mutex_unlock(&box->lock);
 	return 1;
 }
`,
  "wrong-mode": `
 static void box_look(struct box *box)
 {
 	down_read(&box->sem);
 	box->looks++;
-	up_write(&box->sem);
+	up_read(&box->sem);
 }
`,
  "lock-not-held": `
 static void box_count(struct box *box)
 {
 	lockdep_assert_held(&box->lock);
 	box->items++;
 }

 static void box_add(struct box *box)
 {
 	spin_lock(&box->lock);
 	box->looks++;
-	spin_unlock(&box->lock);
 	box_count(box);
+	spin_unlock(&box->lock);
 }
`,
  "irq-flags-mismatch": `
 static void box_move(struct box *box)
 {
-	unsigned long flags;
+	unsigned long flags, more;

 	spin_lock_irqsave(&box->items_lock, flags);
-	spin_lock_irqsave(&box->queue_lock, flags);
+	spin_lock_irqsave(&box->queue_lock, more);
 	box->items += box->queued;
-	spin_unlock_irqrestore(&box->queue_lock, flags);
+	spin_unlock_irqrestore(&box->queue_lock, more);
 	spin_unlock_irqrestore(&box->items_lock, flags);
 }
`,
  "lock-order": `
 static void box_store(struct box *box)
 {
 	mutex_lock(&box->items_lock);
 	mutex_lock(&box->queue_lock);
 	box->items += box->queued;
 	mutex_unlock(&box->queue_lock);
 	mutex_unlock(&box->items_lock);
 }

 static void box_recall(struct box *box)
 {
-	mutex_lock(&box->queue_lock);
 	mutex_lock(&box->items_lock);
+	mutex_lock(&box->queue_lock);
 	box->queued += box->items;
-	mutex_unlock(&box->items_lock);
 	mutex_unlock(&box->queue_lock);
+	mutex_unlock(&box->items_lock);
 }
`,
  "exit-imbalance": `
 static int box_fill(struct box *box)
 {
 	int err;

 	mutex_lock(&box->lock);
 	err = box_order(box);
 	if (err)
-		return err;
+		goto out;
 	box->items++;
+out:
 	mutex_unlock(&box->lock);
-	return 0;
+	return err;
 }
`,
  "folio-lock-balanced": `
 static void box_fold(struct folio *folio)
 {
 	folio_lock(folio);
 	folio_clear_uptodate(folio);
 	folio_unlock(folio);
-	folio_unlock(folio);
 }
`,
  "kmap-order": `
 static void box_copy(struct page *from, struct page *to)
 {
 	void *source = kmap_local_page(from);
 	void *target = kmap_local_page(to);

 	copy_page(target, source);
-	kunmap_local(source);
 	kunmap_local(target);
+	kunmap_local(source);
 }
`,
};

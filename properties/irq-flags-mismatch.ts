import { and, type Expression, FALSE, not, or } from "../model/ir/expression.ts";
import type { Observations } from "../model/kernel/observation.ts";
import { type Order, orderOf } from "./last-in-first-out.ts";
import type { Property, Reaction } from "./property.ts";

const FLAGS = "irq-flags";

/** What a flags variable holds is the interrupt state before its own save: restored out of turn, it is wrong. */
export const irqFlagsMismatch: Property = {
  name: "irq-flags-mismatch",
  summary:
    "interrupt flags are restored from the variable of the latest save, and not saved over; interrupts stay off while a lock is held that was taken with them off",
  kernel: "include/linux/spinlock.h: spin_lock_irqsave",
  watch(observe) {
    const order = orderOf(FLAGS, "irq-flags-mismatch", observe);
    return {
      ...(order && { observers: order.observers }),
      on: ({ kind, object, instance }) => {
        if (kind === "expose") return exposed(object, instance, observe);
        if (object !== FLAGS || !instance || !order) return undefined;
        if (kind === "save") return saved(instance, order, observe);
        return kind === "restore" ? restored(instance, order, observe) : undefined;
      },
    };
  },
};

/** kernel/locking/lockdep.c: mark_held_locks: a handler that wants the lock may now run into its holder. */
function exposed(object: string, instance: Expression | undefined, { held }: Observations): Reaction {
  const message = "interrupts are enabled while a lock is held that was taken with interrupts off";
  return { require: [{ condition: not(held(object, instance)), message }] };
}

function saved(instance: Expression, order: Order, { held }: Observations): Reaction {
  const message = "interrupt flags are saved over flags that are yet to be restored";
  return {
    require: [{ condition: not(held(FLAGS, instance)), message }],
    remember: [order.began(instance)],
  };
}

/** Flags that nothing is known of may be a copy of the right ones. */
function restored(instance: Expression, order: Order, observe: Observations): Reaction {
  const isOther = or(
    and(observe.held(FLAGS, instance), order.isKnown(instance)),
    observe.notHeld(FLAGS, instance),
    observe.untouched?.(FLAGS, instance) ?? FALSE,
  );
  const message = "interrupt flags are restored that are not those saved last";
  return {
    require: [{ condition: not(and(isOther, order.hasNewer(instance))), message }],
    remember: [order.ended(instance)],
  };
}

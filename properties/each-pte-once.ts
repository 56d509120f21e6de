import type { Domain } from "../model/ir/domain.ts";
import { and, constant, not } from "../model/ir/expression.ts";
import { type ArrayHandle, bool, localArray } from "../model/ir/place.ts";
import { type Batch, batchOf, contains, isInside, pteCount } from "./batch.ts";
import type { Property, Reaction } from "./property.ts";

type Marks = ArrayHandle<typeof bool>;

export const eachPteOnce: Property = {
  name: "each-pte-once",
  summary: "no pte is aged or isolated twice, and none behind the end of the range",
  kernel: "mm/madvise.c: madvise_cold_or_pageout_pte_range",
  watch(observe) {
    const domain = observe.instances?.("pte");
    const count = pteCount(observe);
    if (!domain || count === undefined) return {};
    const marks = { age: marksOf("aged", domain), isolate: marksOf("isolated", domain) };
    return {
      observers: [marks.age.variable, marks.isolate.variable],
      on: (event) => {
        const batch = batchOf(event);
        if (event.object !== "pte" || !batch) return undefined;
        if (event.kind !== "age" && event.kind !== "isolate") return undefined;
        return marking(marks[event.kind], batch, count);
      },
    };
  },
};

const marksOf = (name: string, domain: Domain): Marks => localArray(`each-pte-once.${name}`, domain, bool);

function marking(marks: Marks, batch: Batch, count: number): Reaction {
  const ptes = Array.from({ length: count }, (_, pte) => ({
    mark: marks.at(pte),
    taken: contains(batch, constant(pte)),
  }));
  return {
    require: [
      { condition: isInside(batch, count), message: "a pte behind the end of the range is taken" },
      ...ptes.map(({ mark, taken }, pte) => ({
        condition: not(and(taken, mark.value)),
        message: `pte ${pte} is taken twice`,
      })),
    ],
    remember: ptes.map(({ mark, taken }) => mark.setIf(taken, true)),
  };
}

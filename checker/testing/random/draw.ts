import fc from "fast-check";

/** Draws values one by one, so that later ones may depend on earlier ones; shrinks as fast-check does. */
export interface Draw {
  /** 0..below - 1. */
  below(below: number): number;
  pick<T>(options: readonly T[]): T;
  /** True in so many percent of the draws. */
  chance(percent: number): boolean;
  list<T>(min: number, max: number, each: (position: number) => T): readonly T[];
}

/** An arbitrary of whatever `make` draws. */
export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  return fc.gen().map((value) => {
    const below = (count: number): number => value(fc.nat, { max: count - 1 });
    const pick = <U>(options: readonly U[]): U => {
      const [first] = options;
      if (first === undefined) throw new Error("nothing to pick from");
      return options[below(options.length)] ?? first;
    };
    const list = <U>(min: number, max: number, each: (position: number) => U) =>
      Array.from({ length: min + below(max - min + 1) }, (_, position) => each(position));
    return make({ below, pick, list, chance: (percent) => below(100) >= 100 - percent });
  });
}

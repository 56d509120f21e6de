import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Outline } from "../model/c/source/index.ts";
import { lockHalf, lockWordOf } from "../model/kernel/lock-name.ts";
import { type Dependencies, Remembered } from "../tree/dependencies.ts";

/** `+mutex` for one that is taken and nowhere given back, `-mutex` for one that is only given back. */
type Sides = ReadonlySet<string>;

const NONE: Sides = new Set();
/** Calls within calls that are followed. */
const MAX_DEPTH = 3;
/** Characters of a function that is there to take or release a lock: larger ones use it themselves. */
const MAX_SIZE = 1500;

/**
 * Tells of functions whether they may leave locks otherwise than they came: they are small, and call one half of a pair
 * alone, by themselves or in what they call, or their names say so. To follow the paths of all others would take too
 * long.
 */
export class OneSided {
  readonly #file: Pick<Outline, "callsOf" | "sizeOf">;
  readonly #known: Knowledge;
  /** By how far functions are followed, too: who asks first must not decide on the answer. */
  readonly #sides: readonly Remembered<string, Sides>[];

  constructor(file: Pick<Outline, "callsOf" | "sizeOf">, known: Knowledge, dependencies?: Dependencies) {
    this.#file = file;
    this.#known = known;
    this.#sides = Array.from({ length: MAX_DEPTH + 1 }, () => new Remembered(dependencies));
  }

  has(name: string): boolean {
    if (this.#file.sizeOf(name) > MAX_SIZE) return false;
    return this.#sidesOf(name).size > 0;
  }

  #sidesOf(name: string, depth = 0): Sides {
    const calls = this.#file.callsOf(name);
    if (!calls) return this.#ofCall(name);
    const known = this.#sides[depth];
    if (!known || this.#file.sizeOf(name) > MAX_SIZE) return NONE;
    return known.get(name, () => {
      const left = leftOf(calls.flatMap((each) => [...this.#sidesOf(each, depth + 1)]));
      return left.size > 0 ? left : this.#byName(name);
    });
  }

  #ofCall(name: string): Sides {
    const outcomes = this.#known.find(name, [])?.outcomes ?? [];
    const sides = outcomes.flatMap(({ does }) =>
      does.flatMap(({ operation: { kind, object } }) =>
        SIGNS[kind] === undefined ? [] : [`${SIGNS[kind]}${object}`],
      ),
    );
    return sides.length > 0 || this.#known.matters(name) ? new Set(sides) : this.#byName(name);
  }

  #byName(name: string): Sides {
    const half = lockWordOf(name) && lockHalf(name);
    return half ? new Set([`${half.half === "acquires" ? "+" : "-"}${half.stem}`]) : NONE;
  }
}

function leftOf(sides: readonly string[]): Sides {
  const all = new Set(sides);
  const other = (side: string) => (side.startsWith("+") ? `-${side.slice(1)}` : `+${side.slice(1)}`);
  return new Set(sides.filter((side) => !all.has(other(side))));
}

const SIGNS: Readonly<Record<string, string>> = {
  acquire: "+",
  enter: "+",
  map: "+",
  release: "-",
  leave: "-",
  unmap: "-",
};

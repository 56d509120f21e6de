import fc from "fast-check";
import { expect, test } from "vitest";
import { SlotCodec } from "../../backends/table/slot-codec.ts";
import { slotsOf } from "../../ground/slots.ts";
import { problemOf } from "../../problem.ts";
import { explore } from "../../search/explore.ts";
import { packed } from "../../search/run.ts";
import { ptlProtocol } from "../../testing/ptl-protocol.ts";
import { Canonicalizer } from "./canonical.ts";
import { identity } from "./renaming.ts";
import { type SlotMap, slotMapOf } from "./slot-map.ts";
import { symmetricSets } from "./symmetric-sets.ts";

const problem = problemOf(ptlProtocol({ tasks: 3, ptes: 1, folios: 2 }));
const map = slotMapOf(problem, symmetricSets(problem).orbits);
const codec = new SlotCodec(slotsOf(problem.layout).all, problem.layout.words);
const states: Int32Array[] = [];
explore(problem.model, (state) => states.push(codec.read(packed(problem, state)).slice()));

/** The state with its members exchanged, slot by slot as the definition says. */
function exchanged(
  values: Int32Array,
  { kinds, owners, elements, ids, orbits }: SlotMap,
  to: readonly number[],
) {
  const members = orbits.flatMap(({ orbit }) => orbit.members);
  const at = (node = -1) => (node < 0 ? -1 : (to[node] ?? -1));
  const result = new Int32Array(values.length);
  values.forEach((value, slot) => {
    const target = kinds.findIndex(
      (kind, each) =>
        kind === kinds[slot] && owners[each] === at(owners[slot]) && elements[each] === at(elements[slot]),
    );
    const node = ids[slot]?.[value] ?? -1;
    result[target] = node < 0 ? value : (members[at(node)] ?? 0);
  });
  return result;
}

const permutations = fc
  .tuple(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), fc.shuffledSubarray([3, 4], { minLength: 2 }))
  .map((parts) => parts.flat());

test("states that differ by an exchange of members have one representative", () => {
  expect(map.orbits.map(({ orbit }) => orbit.set)).toEqual(["task", "folio"]);
  const canonicalizer = new Canonicalizer(map);
  fc.assert(
    fc.property(fc.constantFrom(...states), permutations, (state, to) => {
      const [one, other] = [state.slice(), exchanged(state, map, to)];
      canonicalizer.canonicalize(one);
      canonicalizer.canonicalize(other);
      expect(other).toEqual(one);
    }),
    { numRuns: 2000 },
  );
});

test("the representative is the state with its members exchanged as the permutation says", () => {
  const canonicalizer = new Canonicalizer(map);
  fc.assert(
    fc.property(fc.constantFrom(...states), (state) => {
      const chosen = state.slice();
      canonicalizer.canonicalize(chosen);
      expect(chosen).toEqual(exchanged(state, map, [...canonicalizer.permutation]));
    }),
    { numRuns: 2000 },
  );
});

test("a renaming tells who a member of the representative really is", () => {
  const behind = identity(map).behind(Int32Array.from([1, 2, 0, 4, 3]));
  expect([1, 2, 3].map((task) => behind.real("task", task))).toEqual([3, 1, 2]);
  expect(behind.behind(Int32Array.from([1, 2, 0, 3, 4])).real("task", 1)).toBe(2);
  expect(behind.real("folio", 1)).toBe(2);
  expect(behind.real("pte", 2)).toBe(2);
});

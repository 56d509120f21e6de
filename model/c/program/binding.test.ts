import { expect, test } from "vitest";
import { initialStates, type State, successors } from "../../../checker/interpret/interpret.ts";
import { search } from "../../../checker/search/search.ts";
import { doubleUnlock } from "../../../properties/double-unlock.ts";
import { instrument } from "../../../properties/instrument.ts";
import type { Model } from "../../ir/model.ts";
import { kernelState } from "../../kernel/kernel-state.ts";
import { nesting, ownedLock } from "../../kernel/resource.ts";
import type { Key } from "../calls/key.ts";
import { tableKnowledge, withEffects } from "../knowledge/knowledge.ts";
import { readFunction } from "../read-function.ts";
import { readUnit } from "../source/unit.ts";
import { asTasks, ownerBinding } from "../testing/owner-binding.ts";
import type { Translation } from "./translate.ts";

const LOCKS: Readonly<Record<string, string>> = {
  "box->lock": "box.lock",
  "b->lock": "box.lock",
  "lid->lock": "lid.lock",
};

/** `let_others_in(box)` gives box->lock up and takes it back. */
const KNOWN = withEffects(
  tableKnowledge,
  new Map([
    [
      "let_others_in",
      {
        name: "let_others_in",
        source: "summary",
        outcomes: [
          {
            name: "done",
            weight: 0,
            returns: 7,
            does: (["release", "acquire"] as const).map((kind) => ({
              operation: { kind, object: "spinlock", mode: "exclusive", operand: 0 } as const,
              path: "->lock",
            })),
          },
        ],
      },
    ],
  ]),
);

const objectOf = ({ text }: Key): string => LOCKS[text] ?? text;

/** The functions of a text as tasks that share the locks of one box and one lid, and facts if said. */
async function translations(
  text: string,
  shared: Readonly<Record<string, string>> = {},
): Promise<readonly Translation[]> {
  const preempt = nesting("preempt", { below: 1, above: 2 });
  const kernel = kernelState(ownedLock("box.lock"), ownedLock("lid.lock"), preempt);
  const unit = readUnit(text);
  const read = unit.functions.map(async (each) => {
    const { readings } = await readFunction(each, { unit, file: "box.c", known: KNOWN });
    const options = { task: each.name, objectOf, shared };
    return readings.map(({ program }) => program("all", (plan) => ownerBinding(plan, kernel, options)));
  });
  return (await Promise.all(read)).flat();
}

const tasks = async (...given: Parameters<typeof translations>): Promise<Model> =>
  asTasks(...(await translations(...given)));

function reachable(model: Model): readonly State[] {
  const found = new Map<string, State>();
  const open = [...initialStates(model)];
  for (let state = open.pop(); state; state = open.pop()) {
    const look = JSON.stringify(state);
    if (found.has(look)) continue;
    found.set(look, state);
    open.push(...successors(model, state).flatMap((each) => (each.kind === "successor" ? [each.state] : [])));
  }
  return [...found.values()];
}

/** Where a task of each program stands before and after the transition of this label. */
const around = (model: Model, label: string) =>
  model.programs.map(({ transitions }) => {
    const found = transitions.find((each) => each.label === label);
    return { before: found?.from ?? "", after: found?.to ?? "" };
  });

const locationsIn = (model: Model) =>
  reachable(model).map(({ tasks: all }) => all.map(({ location }) => location));

const PAIR = `static void fill(struct box *box)
{
	spin_lock(&box->lock);
	box->count++;
	spin_unlock(&box->lock);
}
static void empty(struct box *b)
{
	spin_lock(&b->lock);
	b->count = 0;
	spin_unlock(&b->lock);
}
`;

test("of two tasks one at a time is between acquiring and releasing a lock that they share", async () => {
  const model = await tasks(PAIR);
  const inside = around(model, "spin_lock(): acquire box.lock").map(({ after }) => after);
  const seen = locationsIn(model);
  expect(inside.map((location, task) => seen.some((at) => at[task] === location))).toEqual([true, true]);
  expect(seen.filter((at) => at.every((location, task) => location === inside[task]))).toEqual([]);
  expect(search(model).properties).toMatchObject([{ property: "no-deadlock", verdict: "holds" }]);
});

test("an acquisition waits until the lock is free", async () => {
  const model = await tasks(PAIR);
  const [first, second] = around(model, "spin_lock(): acquire box.lock");
  const movers = (state: State) =>
    successors(model, state).flatMap((each) => (each.kind === "successor" ? [each.move.task] : []));
  const where = (one: string | undefined, other: string | undefined) =>
    reachable(model).filter(({ tasks: at }) => at[0]?.location === one && at[1]?.location === other);
  expect(where(first?.before, second?.before).map(movers)).toEqual([[1, 2]]);
  expect(where(first?.after, second?.before).map(movers)).toEqual([[1]]);
  expect(where("end", second?.before).map(movers)).toEqual([[2]]);
});

const NESTED = (
  outer: string,
  inner: string,
  name: string,
) => `static void ${name}(struct box *box, struct box *lid)
{
	spin_lock(&${outer}->lock);
	spin_lock(&${inner}->lock);
	spin_unlock(&${inner}->lock);
	spin_unlock(&${outer}->lock);
}
`;

test("two locks taken in both orders deadlock, in one order they do not", async () => {
  const verdictOf = async (text: string) => search(await tasks(text)).properties[0]?.verdict;
  expect(await verdictOf(NESTED("box", "lid", "close") + NESTED("lid", "box", "open"))).toBe("violated");
  expect(await verdictOf(NESTED("box", "lid", "close") + NESTED("box", "lid", "open"))).toBe("holds");
});

const TRIES = `static void poke(struct box *box)
{
	if (!spin_trylock(&box->lock))
		return;
	spin_unlock(&box->lock);
}
`;

test("a trylock fails exactly where somebody holds the lock", async () => {
  const label = "spin_trylock() -> fails";
  const canFail = (model: Model, state: State) =>
    successors(model, state).some(
      (each) =>
        each.kind === "successor" &&
        model.programs[each.move.task - 1]?.transitions[each.move.transition]?.label === label,
    );
  const alone = await tasks(TRIES);
  expect(reachable(alone).some((state) => canFail(alone, state))).toBe(false);
  const beside = await tasks(TRIES + PAIR);
  const [poke] = around(beside, label);
  const trying = reachable(beside).filter(({ tasks: [task] }) => task?.location === poke?.before);
  const free = trying.filter(({ shared }) => shared["box.lock.owner"] === 0);
  expect([free.length, trying.length - free.length]).toEqual([9, 6]);
  expect(trying.filter((state) => canFail(beside, state))).toEqual(
    trying.filter((state) => !free.includes(state)),
  );
});

test("between two steps of one call other tasks run", async () => {
  const text = PAIR.replace("box->count++", "let_others_in(box)");
  const model = await tasks(text);
  const [fill] = around(model, "let_others_in(): release box.lock");
  const between = reachable(model).filter(({ tasks: [task] }) => task?.location === fill?.after);
  expect(new Set(between.map(({ shared }) => shared["box.lock.owner"]))).toEqual(new Set([0, 2]));
});

const CLAIM = `static int claim(struct box *box)
{
	spin_lock(&box->lock);
	if (box->claimed) {
		spin_unlock(&box->lock);
		return -EBUSY;
	}
	box->claimed = 1;
	spin_unlock(&box->lock);
	return 0;
}
`;

test("what one task finds out or writes of shared data, another one sees", async () => {
  const text = CLAIM + CLAIM.replace("claim(", "claim_too(");
  const bothReturn = async (shared: Readonly<Record<string, string>>) =>
    reachable(await tasks(text, shared)).filter(({ tasks: at }) =>
      at.every(({ variables: { returned } }) => returned === 3),
    ).length > 0;
  expect(await bothReturn({})).toBe(true);
  expect(await bothReturn({ "box->claimed": "box.claimed" })).toBe(false);
});

test("properties see who holds a lock", async () => {
  const twice = PAIR.replace("box->count++", "spin_unlock(&box->lock)");
  const verdicts = async (text: string) =>
    (await translations(text)).map(
      ({ model, binding }) =>
        search(instrument(model, binding.observe(), [doubleUnlock])).properties[0]?.verdict,
    );
  expect(await verdicts(twice)).toEqual(["violated", "holds"]);
});

test("what the binding cannot say of a lock is refused, not left out", async () => {
  const text = PAIR.replace("box->count++", "box = box->next");
  await expect(tasks(text)).rejects.toThrow("another pointer leads to box->lock");
});

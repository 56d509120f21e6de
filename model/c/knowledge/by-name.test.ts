import { describe, expect, test } from "vitest";
import { readUnit } from "../source/unit.ts";
import { effectsByName, isByName } from "./by-name.ts";
import { tableKnowledge } from "./knowledge.ts";

const guessedIn = (...bodies: readonly string[]) => {
  const text = bodies
    .map((body, index) => `static void f${index}(struct box *b)\n{\n${body}\n}\n`)
    .join("\n");
  return effectsByName(readUnit(text), tableKnowledge);
};

const doesOf = (name: string, ...bodies: readonly string[]) =>
  guessedIn(...bodies)
    .get(name)
    ?.outcomes.map(({ does, returns }) => [does.map(({ operation }) => operation.kind).join(), returns]);

describe("both halves of a pair", () => {
  test.each([
    ["pool_lock(b);", "pool_unlock(b);"],
    ["client_list_lock(&b->lock);", "client_list_unlock(&b->lock);"],
    ["ring_acquire(b);", "ring_release(b);"],
    ["mutex_enter(&b->m); mutex_exit(&b->m);"],
    ["RING_LOCK(b);", "RING_UNLOCK(b);"],
    ["pool_lock_irqsave(b, flags);", "pool_unlock_irqrestore(b, flags);"],
  ])("%s %s", (...bodies) => {
    const effects = [...guessedIn(...bodies).values()];
    const operations = effects.flatMap(({ outcomes }) => outcomes.flatMap(({ does }) => does));
    expect(operations.map(({ operation }) => operation.kind)).toEqual(["acquire", "release"]);
    const [first, second] = operations.map(({ operation }) => operation.object);
    expect(first).toBe(second);
    expect(isByName(first ?? "")).toBe(true);
  });
});

describe("names say nothing", () => {
  test.each([
    ["where the other half is missing", "pool_lock(b);"],
    ["where the stems differ", "pool_lock(b); ring_unlock(b);"],
    ["where the words differ", "pool_lock(b); pool_release(b);"],
    ["where what they return is used", "if (pool_lock(b)) return; pool_unlock(b);"],
    ["of members", "b->ops.pool_lock(b); b->ops.pool_unlock(b);"],
    ["of what the table knows", "mutex_lock(&b->m); mutex_unlock(&b->m);"],
    ["of sections that begin and end in different functions", "walk_begin(b);", "walk_end(b);"],
    ["of sections of different objects", "walk_begin(b); walk_end(b->next);"],
  ])("%s", (_, ...bodies) => {
    expect(guessedIn(...bodies).size).toBe(0);
  });

  test("of what the source defines", () => {
    const text = "static void pool_lock(struct box *b)\n{\n\tset(b);\n}\n";
    const use = "static void f(struct box *b)\n{\n\tpool_lock(b);\n\tpool_unlock(b);\n}\n";
    expect(effectsByName(readUnit(text + use), tableKnowledge).size).toBe(0);
  });
});

describe("a name tells how it may fail", () => {
  test("a trylock by zero", () => {
    const body = "if (!pool_trylock(b)) return; pool_unlock(b);";
    expect(doesOf("pool_trylock", body)).toEqual([
      ["acquire", 5],
      ["", 2],
    ]);
  });

  test("what can be interrupted by an error", () => {
    const body = "if (pool_lock_interruptible(b)) return; pool_unlock(b);";
    expect(doesOf("pool_lock_interruptible", body)).toEqual([
      ["acquire", 6],
      ["", 1],
    ]);
  });
});

test("a call without arguments is about one lock of that name", () => {
  const [effect] = guessedIn("text_lock(); text_unlock();").values();
  expect(effect?.outcomes[0]?.does[0]?.path).toBe("text_lock");
});

import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

const SLOT = "struct slot { spinlock_t lock; int at; struct slot *next; };\n";

/** The lines of `body`, from 1, on which a lock's name means another lock than was taken. */
async function movedIn(head: string, body: readonly string[]) {
  const text = `${SLOT}${head}\n{\n${body.join("\n")}\n}\n`;
  const { unknownLocks = [], findings } = await checkSource({ file: "f.c", text });
  expect(findings).toEqual([]);
  return unknownLocks.flatMap(({ moved, line }) => (moved === undefined ? [] : [line - 3]));
}

const ARRAY = "void f(struct slot *s, int i, int j, int n)";
const LIST = "void f(struct slot *p, struct slot *n)";

describe("a lock that is chosen, where one that it may be is released in its place", () => {
  const TWO = "void f(struct slot *a, struct slot *b, int c)";
  const CHOICE = "c ? &a->lock : &b->lock";

  test.each<[string, string[], number]>([
    ["in the call, is a bound", [`spin_lock(${CHOICE});`, "spin_unlock(&b->lock);"], 1],
    [
      "in a variable, is a bound",
      [`spinlock_t *l = ${CHOICE};`, "spin_lock(l);", "spin_unlock(&a->lock);"],
      1,
    ],
    [
      "in branches, is a bound",
      ["spinlock_t *l = &a->lock;", "if (c)", "l = &b->lock;", "spin_lock(l);", "spin_unlock(&b->lock);"],
      1,
    ],
    ["is none where the same is released", [`spin_lock(${CHOICE});`, `spin_unlock(${CHOICE});`], 0],
    ["is none by the same variable", [`spinlock_t *l = ${CHOICE};`, "spin_lock(l);", "spin_unlock(l);"], 0],
    [
      "is none where neither is released",
      [
        `spin_lock(${CHOICE});`,
        "spin_lock(&a->next->lock);",
        "spin_unlock(&a->next->lock);",
        `spin_unlock(${CHOICE});`,
      ],
      0,
    ],
  ])("%s", async (_, body, count) => {
    expect(await movedIn(TWO, body)).toHaveLength(count);
  });
});

describe("a lock that is released by a name which means another one by then is a bound", () => {
  test.each<[string, string, string[], number[]]>([
    ["an index is counted up", ARRAY, ["spin_lock(&s[i].lock);", "i++;", "spin_unlock(&s[i].lock);"], [3]],
    ["or down", ARRAY, ["spin_lock(&s[i].lock);", "--i;", "spin_unlock(&s[i].lock);"], [3]],
    ["or by more", ARRAY, ["spin_lock(&s[i].lock);", "i += 2;", "spin_unlock(&s[i].lock);"], [3]],
    ["or twice", ARRAY, ["spin_lock(&s[i].lock);", "i++;", "i++;", "spin_unlock(&s[i].lock);"], [4]],
    ["or goes round", ARRAY, ["spin_lock(&s[i].lock);", "i = (i + 1) % n;", "spin_unlock(&s[i].lock);"], [3]],
    ["a call gives it", ARRAY, ["spin_lock(&s[i].lock);", "i = next(i);", "spin_unlock(&s[i].lock);"], [3]],
    ["another one", ARRAY, ["spin_lock(&s[i].lock);", "i = j;", "spin_unlock(&s[i].lock);"], [3]],
    ["a sum", ARRAY, ["spin_lock(&(s + i)->lock);", "i++;", "spin_unlock(&(*(s + i)).lock);"], [3]],
    [
      "a member is the index",
      ARRAY,
      ["spin_lock(&s[s->at].lock);", "s->at++;", "spin_unlock(&s[s->at].lock);"],
      [3],
    ],
    [
      "a loop counts before the release",
      ARRAY,
      ["for (i = 0; i < n;) {", "spin_lock(&s[i].lock);", "i++;", "spin_unlock(&s[i].lock);", "}"],
      [4],
    ],
    ["a cursor", LIST, ["spin_lock(&p->lock);", "p = p->next;", "spin_unlock(&p->lock);"], [3]],
    ["a pointer into an array", LIST, ["spin_lock(&p->lock);", "p++;", "spin_unlock(&p->lock);"], [3]],
    ["in the release itself", ARRAY, ["spin_lock(&s[i].lock);", "spin_unlock(&s[++i].lock);"], [2]],
    ["in the acquisition", ARRAY, ["spin_lock(&s[i++].lock);", "spin_unlock(&s[i].lock);"], [3]],
    ["a neighbour", ARRAY, ["spin_lock(&s[i].lock);", "spin_unlock(&s[i + 1].lock);"], [3]],
    [
      "behind a copy",
      LIST,
      [
        "spin_lock(&p->lock);",
        "n = p;",
        "p = p->next;",
        "if (n->at)",
        "spin_unlock(&p->lock);",
        "else",
        "spin_unlock(&n->lock);",
      ],
      [5],
    ],
    ["no release at all", ARRAY, ["spin_lock(&s[i].lock);", "i++;"], [3]],
  ])("%s", async (_name, head, body, lines) => {
    expect(await movedIn(head, body)).toEqual(lines);
  });
});

describe("no bound where the name means the same lock", () => {
  test.each<[string, string, string[]]>([
    ["released before", ARRAY, ["spin_lock(&s[i].lock);", "spin_unlock(&s[i].lock);", "i++;"]],
    ["counted by the release", ARRAY, ["spin_lock(&s[i].lock);", "spin_unlock(&s[i++].lock);"]],
    ["counted by the acquisition", ARRAY, ["spin_lock(&s[i++].lock);", "spin_unlock(&s[i - 1].lock);"]],
    [
      "one after the other",
      ARRAY,
      ["for (i = 0; i < n; i++) {", "spin_lock(&s[i].lock);", "spin_unlock(&s[i].lock);", "}"],
    ],
    [
      "hand over hand, by index",
      ARRAY,
      [
        "spin_lock(&s[i].lock);",
        "while (i < n) {",
        "spin_lock_nested(&s[i + 1].lock, 1);",
        "spin_unlock(&s[i].lock);",
        "i++;",
        "}",
        "spin_unlock(&s[i].lock);",
      ],
    ],
    [
      "hand over hand, by pointer",
      LIST,
      [
        "spin_lock(&p->lock);",
        "while ((n = p->next)) {",
        "spin_lock_nested(&n->lock, 1);",
        "spin_unlock(&p->lock);",
        "p = n;",
        "}",
        "spin_unlock(&p->lock);",
      ],
    ],
    ["the next is saved", LIST, ["spin_lock(&p->lock);", "n = p->next;", "spin_unlock(&p->lock);", "p = n;"]],
    ["the last is kept", LIST, ["spin_lock(&p->lock);", "n = p;", "p = p->next;", "spin_unlock(&n->lock);"]],
    [
      "the last is kept, and the next taken beside it",
      LIST,
      [
        "spin_lock(&p->lock);",
        "n = p;",
        "p = p->next;",
        "spin_lock_nested(&p->lock, 1);",
        "spin_unlock(&p->lock);",
        "spin_unlock(&n->lock);",
      ],
    ],
    [
      "a copy, released by either name",
      LIST,
      [
        "spin_lock(&p->lock);",
        "n = p;",
        "if (n->at)",
        "spin_unlock(&p->lock);",
        "else",
        "spin_unlock(&n->lock);",
      ],
    ],
    [
      "all are taken, then released",
      ARRAY,
      [
        "for (i = 0; i < n; i++)",
        "spin_lock(&s[i].lock);",
        "for (i = 0; i < n; i++)",
        "spin_unlock(&s[i].lock);",
      ],
    ],
    [
      "and the other way round",
      ARRAY,
      ["for (i = 0; i < n; i++)", "spin_lock(&s[i].lock);", "while (i--)", "spin_unlock(&s[i].lock);"],
    ],
  ])("%s", async (_name, head, body) => {
    expect(await movedIn(head, body)).toEqual([]);
  });
});

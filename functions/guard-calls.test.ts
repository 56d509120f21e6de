import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

async function unknownIn(statements: string, others = "") {
  const text = `${others}static int f(struct box *b)\n{\n\t${statements}\n\treturn 0;\n}\n`;
  const { unknownLocks = [] } = await checkSource({ file: "f.c", text });
  return unknownLocks.map(({ callee, word }) => `${callee} ${word}`);
}

describe("the constructor and the destructor of a class, called by their names, may lock", () => {
  const take = "class_box_t c = class_box_constructor(b);";

  test.each([
    [
      "a guard of the table",
      "",
      "class_mutex_t c = class_mutex_constructor(&b->m);",
      "class_mutex_constructor acquires",
    ],
    ["its end", "", "class_spinlock_destructor(&c);", "class_spinlock_destructor releases"],
    ["a class that nothing in sight defines", "", take, "class_box_constructor acquires"],
    [
      "a guard of the file",
      "DEFINE_GUARD(box, struct box *, grab(_T), box_unlock(_T))\n",
      take,
      "class_box_constructor acquires",
    ],
    [
      "a guard with a lock",
      "DEFINE_LOCK_GUARD_1(box, struct box,\n\tspin_lock(&_T->lock->l),\n\tspin_unlock(&_T->lock->l))\n",
      take,
      "class_box_constructor acquires",
    ],
    [
      "a class that unlocks at its end",
      "DEFINE_CLASS(box, struct box *, mutex_unlock(&_T->m), find(b), struct box *b)\n",
      take,
      "class_box_constructor acquires",
    ],
    [
      "one that is handed on",
      "",
      "struct box *o __cleanup(class_box_destructor) = b;",
      "class_box_destructor releases",
    ],
  ])("%s", async (_, others, statements, named) => {
    expect(await unknownIn(statements, others)).toEqual([named]);
  });

  test.each([
    [
      "a class of the file that leaves locks alone",
      "DEFINE_CLASS(box, struct box *, kfree(_T), find(b), struct box *b)\n",
    ],
    ["a function of the file", "static int class_box_constructor(struct box *b)\n{\n\treturn b->n;\n}\n"],
  ])("%s does not", async (_, others) => {
    expect(await unknownIn(take, others)).toEqual([]);
  });
});

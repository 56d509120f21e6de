import { expect, test } from "vitest";
import { annotationsIn, declaredNets, heldOnEntry } from "./annotation.ts";

const HEAD = `static int box_wait(struct box *box, struct box *other)
	__must_hold(&box->lock)
	__releases( & other->lock ) __acquires(other->lock)
	__acquires_shared(&box->sem, (&other->sem))
`;

test("each lock of each annotation is told by its path and its mode", () => {
  expect(annotationsIn(HEAD)).toEqual([
    { kind: "must_hold", shared: false, lock: "box->lock" },
    { kind: "releases", shared: false, lock: "other->lock" },
    { kind: "acquires", shared: false, lock: "other->lock" },
    { kind: "acquires", shared: true, lock: "box->sem" },
    { kind: "acquires", shared: true, lock: "other->sem" },
  ]);
});

test("what is given up and taken back comes to nothing, and is held on entry", () => {
  const annotations = annotationsIn(HEAD);
  expect(Object.fromEntries(declaredNets(annotations))).toEqual({
    "box->lock": 0,
    "other->lock": 0,
    "box->sem": 1,
    "other->sem": 1,
  });
  expect(heldOnEntry(annotations).map(({ lock }) => lock)).toEqual(["box->lock", "other->lock"]);
});

test("a head without annotations, or with one that does not end, says nothing", () => {
  expect(annotationsIn("static int box_wait(struct box *box)\n")).toEqual([]);
  expect(annotationsIn("static int box_wait(struct box *box) __must_hold(&box->lock\n")).toEqual([]);
  expect(annotationsIn("int box_try(struct box *box) __cond_acquires(0, &box->lock)\n")).toEqual([]);
});

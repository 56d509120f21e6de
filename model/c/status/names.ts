import { cond } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import type { Key } from "../calls/key.ts";
import { moved } from "./changes.ts";
import { HELD, isOneOf, type Status, setStatus, statusConstant, statusIn, statusOf } from "./status.ts";

const KEPT: readonly Status[] = [
  "held",
  "held-shared",
  "held twice",
  "held-shared twice",
  "regained",
  "regained-shared",
  "taken",
  "taken-shared",
];

const BY_LOOP: readonly Status[] = [
  "held",
  "held-shared",
  "held twice",
  "held-shared twice",
  "taken",
  "taken-shared",
  "left behind",
  "some held",
];

/** Its pointer was copied: who releases it by this name releases it by the other. */
export const copied = (key: Key): Update =>
  setStatus(
    key,
    cond(
      isOneOf(key, KEPT),
      statusConstant("copied"),
      cond(statusIn(key, HELD), moved(key).value, statusOf(key)),
    ),
  );

/** In a loop that takes one after the other, its name comes to mean the next. */
export const passedOver = (key: Key): Update => {
  const others = cond(isOneOf(key, ["released", "all held"]), statusOf(key), moved(key).value);
  return setStatus(key, cond(isOneOf(key, BY_LOOP), statusConstant("some held"), others));
};
/** Such a loop ends, having gone over all: that there are any is taken for granted. */
export const takenByLoop = (key: Key): Update =>
  setStatus(key, cond(isOneOf(key, [...BY_LOOP, "untouched"]), statusConstant("all held"), statusOf(key)));
/** A loop ends that gives them back. */
export const givenByLoop = (key: Key): Update =>
  setStatus(key, cond(isOneOf(key, [...BY_LOOP, "all held"]), statusConstant("released"), statusOf(key)));

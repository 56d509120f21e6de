import { ATOMIC_CALLER, atomicCaller } from "../../functions/atomic-caller.ts";
import type { Finding } from "../../functions/finding.ts";
import type { UnitFunction } from "../../model/c/source/index.ts";
import { noSleepInAtomic } from "../../properties/no-sleep-in-atomic.ts";
import type { Image } from "../rebuild/rebuild.ts";
import type { Effects, Judge } from "./judge.ts";

/**
 * What is found of a caller that is in atomic context, and that knows nothing of what it hands on; undefined where the
 * function does not come to sleep.
 */
export async function sleepOfItsCaller(
  each: UnitFunction,
  image: Image,
  judge: Judge,
  known?: Effects,
): Promise<Finding | undefined> {
  const text = `${image.text}\n${atomicCaller(each)}`;
  const { findings } = await judge({ ...image, text }, [ATOMIC_CALLER], known);
  return findings.find(({ rule, confidence }) => rule === noSleepInAtomic.name && confidence === "hard");
}

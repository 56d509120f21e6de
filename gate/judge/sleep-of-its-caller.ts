import type { Finding } from "../../functions/finding.ts";
import type { UnitFunction } from "../../model/c/source/index.ts";
import { ATOMIC_SECTION } from "../../model/kernel/table/sleep.ts";
import { noSleepInAtomic } from "../../properties/no-sleep-in-atomic.ts";
import type { Image } from "../rebuild/rebuild.ts";
import type { Effects, Judge } from "./judge.ts";

/** No source has a function of this name. */
const CALLER = "__holdfast_atomic_caller";

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
  const head = each.headText.replace(new RegExp(`\\b${each.name}(?=\\s*\\()`), CALLER);
  const call = `${each.name}(${each.parameters.join(", ")});`;
  const body = `{\n\t${ATOMIC_SECTION.enter}();\n\t${call}\n\t${ATOMIC_SECTION.leave}();\n}\n`;
  const { findings } = await judge({ ...image, text: `${image.text}\n${head}\n${body}` }, [CALLER], known);
  return findings.find(({ rule, confidence }) => rule === noSleepInAtomic.name && confidence === "hard");
}

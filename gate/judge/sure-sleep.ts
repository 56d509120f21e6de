import { join } from "node:path";
import { type SleepChain, withConfirmedSleep } from "../../model/c/knowledge/index.ts";
import { readExcerpt } from "../../model/c/source/index.ts";
import { outlineIn } from "../../tree/near-group.ts";
import type { NearbyFiles } from "../../tree/nearby.ts";
import { untouchedImage } from "../apply/image.ts";
import type { Effects, Judge } from "./judge.ts";
import { sleepOfItsCaller } from "./sleep-of-its-caller.ts";

/** Where the functions of a chain stand. */
interface Place {
  readonly root: string;
  readonly files: NearbyFiles;
}

/** A condition on what its caller may say for itself: flags, and whether it may sleep. */
const ASKS_CALLER =
  /\b(?:if|while|switch) *\([^;{}]*(?:flags?\b|gfp|atomic|sleep|wait|block|irqs?\b|preempt|locked)/i;

/** Whether a function of another file comes to sleep by a chain, whoever calls it: not only where its caller lets it. */
export async function isSureSleep(
  name: string,
  chain: SleepChain,
  place: Place,
  judge: Judge,
): Promise<boolean> {
  const file = place.files.fileAt(join(place.root, chain[0]?.file ?? ""));
  if (!file) return false;
  const end = chain.findIndex((each) => each.file !== file.name);
  const own = end < 0 ? chain : chain.slice(0, end);
  const further = chain.slice(own.length);
  const last = own.at(-1)?.callee ?? "";
  if (further.length > 0 && !(await isSureSleep(last, further, place, judge))) return false;
  const known: Effects = new Map(
    further.length > 0 ? [[last, withConfirmedSleep(last, undefined, further)] as const] : [],
  );
  const text = outlineIn(file).excerpt([name, ...own.map(({ callee }) => callee)]);
  const found = readExcerpt(text, "").functions.find((each) => each.name === name);
  if (!found || ASKS_CALLER.test(text)) return false;
  return (await sleepOfItsCaller(found, untouchedImage(file.name, text), judge, known)) !== undefined;
}

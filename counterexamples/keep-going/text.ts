import { predictionText } from "../lockdep/text.ts";
import { marked } from "../lockdep/view.ts";
import { count } from "../render/words.ts";
import type { KeptGoing } from "./keep-going.ts";

/** What a debugging kernel would print on one path, in its order and with its fields. */
export function keptGoingText({ steps, predictions, exhaustive }: KeptGoing): string {
  if (predictions.length === 0) {
    return marked([`nothing is printed on any path${exhaustive ? "" : " within the bound"}`]);
  }
  const adverse = steps.filter((step) => step.adverse).length;
  const length = `${count(steps.length, "step")} with ${count(adverse, "adverse outcome")}`;
  return marked([
    `on a path of ${length}, past every violation:`,
    "",
    ...predictions.flatMap(predictionText),
  ]);
}

import { applyEdits } from "../mutate/edit.ts";
import { borrowed } from "./borrowed.ts";
import type { Break } from "./break.ts";
import { broken } from "./break.ts";
import { type Compared, compareReadings } from "./compare.ts";
import type { JudgedTree } from "./judged.ts";
import { PassedOver } from "./lay.ts";
import { isFar, nthCall, type Pair, scanned } from "./pair.ts";
import { inlineCall } from "./take-out.ts";

/** A call that is judged both ways, broken or as it stands. */
export interface Site {
  readonly pair: Pair;
  readonly mistake: Break | undefined;
}

export interface InlinedText {
  readonly text: string;
  readonly given: ReadonlyMap<string, string>;
}

const NO_TEXTS: ReadonlyMap<string, string> = new Map();

export const textsOf = ({ pair, mistake }: Site): ReadonlyMap<string, string> =>
  mistake ? broken(pair, mistake) : NO_TEXTS;

/** The caller's file with the callee's body in place of the call. @throws PassedOver */
export function inlinedText(site: Site): InlinedText {
  const { pair } = site;
  const texts = textsOf(site);
  const caller = scanned(pair.caller, texts.get(pair.caller.source.file));
  const callee = scanned(pair.callee, texts.get(pair.callee.source.file));
  const call = caller && nthCall(caller, pair.callee.name, pair.nth);
  if (!caller || !callee || !call) throw new PassedOver("a function that is not told apart");
  const { edit, body } = inlineCall(caller, call, callee);
  const edits = isFar(pair) ? [edit, borrowed(callee, caller)] : [edit];
  return { text: applyEdits(caller.source.text, edits), given: body.given };
}

/** Where functions are judged, some files having another text. */
export type Judges = Pick<JudgedTree, "judge">;

/** What is said of a site both ways. */
export async function judgeSite(site: Site, tree: Judges): Promise<Compared> {
  const { caller, callee } = site.pair;
  const { text, given } = inlinedText(site);
  const texts = textsOf(site);
  const judge = tree.judge(texts);
  const bySummary = await judge(caller.source.file, [caller.name]);
  const ofCallee = await judge(callee.source.file, [callee.name]);
  const laid = new Map([...texts, [caller.source.file, text]]);
  const inlined = await tree.judge(laid)(caller.source.file, [caller.name]);
  return compareReadings({ caller: caller.name, callee: callee.name, bySummary, ofCallee, inlined, given });
}

import { ofRecent } from "../../model/c/source/index.ts";
import type { Scanned } from "../mutate/across.ts";
import { families, releasedBy } from "../mutate/lock.ts";
import { blank, type Call, callsOf, functionsOf } from "../mutate/scan.ts";
import type { CFile } from "../mutate/site.ts";
import { parametersOf } from "./parameter.ts";

export const CALLEE_KINDS = ["changes a lock", "sleeps on some paths", "depends on an argument"] as const;
export type CalleeKind = (typeof CALLEE_KINDS)[number];

/** One call of a function whose body is to stand in its place. */
export interface Pair {
  readonly caller: Named;
  readonly callee: Named;
  /** Which of the caller's calls of it, from 0. */
  readonly nth: number;
  readonly kind: CalleeKind;
}

/** A function by its name, in a file that defines it once. */
export interface Named {
  readonly source: CFile;
  readonly name: string;
}

export const isFar = ({ caller, callee }: Pair): boolean => caller.source.file !== callee.source.file;

/** Texts that are asked for again and again. */
const MANY = 100;

/** A text blanked, and its functions. */
export const scannedText = ofRecent(MANY, (text: string) => {
  const code = blank(text);
  return { code, functions: functionsOf(code) };
});

/** A function as it stands in a text of its file; undefined where it does not, or more than once. */
export function scanned({ source, name }: Named, text: string = source.text): Scanned | undefined {
  const { code, functions } = scannedText(text);
  const [found, ...more] = functions.filter((each) => each.name === name);
  return found && more.length === 0 ? { source: { ...source, text }, code, in: found } : undefined;
}

export const nthCall = ({ code, in: each }: Scanned, name: string, nth: number): Call | undefined =>
  callsOf(code, each).filter((call) => call.name === name)[nth];

const SLEEPS =
  /\b(?:might_sleep|msleep|usleep_range|schedule(?:_timeout\w*)?|mutex_lock(?:_\w+)?|down(?:_read|_write)?|wait_event\w*|wait_for_completion\w*|cond_resched|copy_(?:from|to)_user|flush_work|cancel_\w+_sync|synchronize_\w+|kthread_stop|vmalloc|lock_sock|folio_lock|lock_page)\(|\bGFP_KERNEL\b/;

/** All kinds that a function is of, by its text alone. */
export function kindsOf({ code, in: each }: Scanned): readonly CalleeKind[] {
  const body = code.slice(each.start, each.end);
  const locks = locksIn(body);
  const sleeps = SLEEPS.test(body);
  const kinds: readonly (readonly [CalleeKind, boolean])[] = [
    ["changes a lock", locks],
    ["sleeps on some paths", sleeps && isOnSomePaths(body)],
    ["depends on an argument", (locks || sleeps) && testsParameter(each.head, each.name, body)],
  ];
  return kinds.flatMap(([kind, isSo]) => (isSo ? [kind] : []));
}

const locksIn = (body: string): boolean =>
  families.some(({ acquires }) => acquires.test(body)) ||
  [...body.matchAll(/\b(\w+)\(/g)].some(([, name = ""]) => releasedBy(name) !== undefined);

/** It sleeps further in than the body's own statements, or behind a way out. */
function isOnSomePaths(body: string): boolean {
  const at = body.search(SLEEPS);
  const line = body.slice(body.lastIndexOf("\n", at) + 1, at);
  return /^\t\t/.test(line) || /\b(?:return|goto)\b/.test(body.slice(0, at)) || /\bif \(/.test(line);
}

/** A condition on a parameter itself, or flags that it hands on. */
function testsParameter(head: string, name: string, body: string): boolean {
  return (parametersOf(head, name) ?? []).some(({ name: each, declaration }) => {
    if (/\bgfp_t\b/.test(declaration)) return new RegExp(`\\b${each}\\b`).test(body);
    const tested = new RegExp(
      `\\b(?:if|switch) \\((?:[^;{]*(?:&& |\\|\\| |\\())?!?${each}(?:\\)| [=!<>&|])|\\b${each} \\? `,
    );
    return tested.test(body);
  });
}

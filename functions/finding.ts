import type { Run } from "../checker/result.ts";
import type { Translation } from "../model/c/index.ts";
import type { Model } from "../model/ir/model.ts";
import type { Confidence } from "./rule.ts";

/** What a rule found in a function. */
export interface Finding {
  /** Stays the same while lines move: rule, function, lock and the normalised site. */
  readonly id: string;
  readonly rule: string;
  readonly confidence: Confidence;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly function: string;
  /** As the function names it; empty where the rule is about none. */
  readonly lock: string;
  readonly message: string;
  /** What tells it from others of its kind, where the last step of its path does not. */
  readonly site?: string;
  /** The shortest way there: lines with what was decided on them. */
  readonly path: readonly PathStep[];
  /** The same in all findings that show one mistake of the function; absent where there is one alone, or nobody asked. */
  readonly cause?: string;
  /** Functions of the file in whose calls it comes about: the one that is called may be to blame. */
  readonly through?: readonly string[];
  /** The call within its callee that was seen to sleep: the same in all findings that come of this call. */
  readonly asleep?: string;
  /** The lines where its path takes the lock that it still holds, or releases it last, or leaves the ways that release it. */
  readonly story?: LockStory;
  /** Functions of which nothing is known that are given what the lock belongs to while it is held: they may release it. */
  readonly suspects?: readonly string[];
  /** Of a call that comes to sleep: the functions from the one in atomic context down to the one that sleeps. */
  readonly functions?: readonly string[];
  /** Findings that the same mistake leads to, which are not told by themselves. */
  readonly consequences?: readonly Finding[];
  /** The classes of paths that lead there, where they were asked for and could be told. */
  readonly origins?: readonly Origin[];
  /** Of a function with an #if: the readings that have it, each by what it takes for true and for false. */
  readonly readings?: readonly string[];
  /** What it was read off, where that was to be kept; absent for one about several paths. */
  readonly evidence?: Evidence;
}

/** What the path of a finding does to its lock, by lines; and in which call. */
export interface LockStory {
  readonly taken?: number;
  readonly released?: number;
  /** Behind it the lock is not released on any way. */
  readonly skipped?: number;
  /** Where the ways release it that are left there. */
  readonly elsewhere?: readonly number[];
  /** The function of the file in whose call the rule is broken. */
  readonly callee?: string;
  /** Calls on the path whose callee changes the lock on some of its exits; what it does on the one that is passed. */
  readonly within?: readonly WithinCall[];
}

/** What a function of the file does to the lock of a finding, in a call on its path. */
export interface WithinCall {
  /** The line of the call. */
  readonly line: number;
  readonly callee: string;
  /** Nothing, where it changes the lock on other exits. */
  readonly does: "takes" | "releases" | "nothing";
  /** In the callee: the last decision before it changes the lock, or returns without, and that itself. */
  readonly steps: readonly PathStep[];
}

/** A run of the program that a function was searched as. */
export interface Evidence {
  readonly model: Model;
  /** As the model names the demand that the run violates. */
  readonly property: string;
  readonly run: Run;
  readonly jumps: Translation["jumps"];
}

/** Paths to a finding that come from the same last change of its lock by the same decisions. */
export interface Origin {
  /** The text of that change and of the decisions after it, without line numbers. */
  readonly look: string;
  /** The shortest of these paths. */
  readonly path: readonly PathStep[];
}

export interface PathStep {
  readonly line: number;
  readonly text: string;
  readonly decision?: string;
}

/** Names a finding by what it is about, without line numbers. */
export function findingId(rule: string, name: string, lock: string, site: string): string {
  return [rule, name, lock, site.replace(/\s+/g, " ")].join(" | ");
}

export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => one.line - other.line);
}

/** The readings of one function repeat what their common text says. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const each of findings) {
    const key = `${each.line} ${each.id}`;
    const readings = [...(found.get(key)?.readings ?? []), ...(each.readings ?? [])];
    found.set(key, readings.length > 0 ? { ...each, readings } : each);
  }
  return [...found.values()];
}

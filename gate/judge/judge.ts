import type { Image } from "../rebuild/rebuild.ts";

/** What the checker says of one image; findings name lines of its text, from 1. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly functions: FunctionCounts;
  /** What was taken for granted of unknown callees and function pointers. */
  readonly assumed: readonly string[];
  /** What kept the search of these functions from being exhaustive. */
  readonly bounds: readonly string[];
}

/** The same finding as `check --json` prints. */
export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly confidence: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly lock: string;
  readonly message: string;
  readonly path: readonly PathStep[];
}

export interface PathStep {
  readonly line: number;
  readonly text: string;
  readonly decision?: string;
}

export interface FunctionCounts {
  /** Lock-taking functions. */
  readonly seen: number;
  readonly modelled: number;
  readonly skipped: readonly NamedReason[];
  readonly capped: readonly NamedReason[];
}

export interface NamedReason {
  readonly function: string;
  readonly reason: string;
}

/** Judges the named functions of an image; all of them where none are named. */
export type Judge = (image: Image, functions?: readonly string[]) => Promise<Judgement>;

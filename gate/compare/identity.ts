import { createHash } from "node:crypto";
import type { PlacedFinding } from "../judge/place.ts";
import { type Locals, normalise } from "./locals.ts";

/** What makes a finding this finding: no line numbers, and nothing that renaming a local changes. */
export interface Identity {
  readonly file: string;
  readonly rule: string;
  readonly function: string;
  readonly lock: string;
  readonly site: string;
}

export interface IdentifiedFinding {
  readonly finding: PlacedFinding;
  readonly identity: Identity;
  /** The same with local variables as written. */
  readonly written: Identity;
  readonly cause?: Cause;
}

/** A changed function that is behind a finding in one that calls it. */
export interface Cause {
  readonly file: string;
  readonly function: string;
  /** Last line of the function. */
  readonly line: number;
  /** What it newly does, after its name: `returns with x->lock held`. */
  readonly words: string;
}

const NONE: Locals = new Map();

export function identify(finding: PlacedFinding, locals: Locals): IdentifiedFinding {
  return { finding, identity: identityOf(finding, locals), written: identityOf(finding, NONE) };
}

function identityOf(finding: PlacedFinding, locals: Locals): Identity {
  const site = finding.site ?? finding.path.at(-1)?.text ?? finding.message;
  return {
    file: finding.file,
    rule: finding.rule,
    function: finding.function,
    lock: normalise(finding.lock, locals),
    site: normalise(site, locals),
  };
}

/** One string per identity, for maps and baseline files. */
export const keyOf = ({ file, rule, function: name, lock, site }: Identity): string =>
  [file, name, rule, lock, site].join("\u001f");

/** A short name for an identity. */
export const digestOf = (identity: Identity): string =>
  createHash("sha256").update(keyOf(identity)).digest("hex").slice(0, 12);

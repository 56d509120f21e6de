import type { Finding } from "../../functions/finding.ts";
import { rangesNamed } from "../../model/c/source/index.ts";
import type { Locals } from "../compare/locals.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { blankComments } from "../rebuild/scan.ts";

/** A way back: a label, or the head of a loop. */
const RETURNS = /^\s*\w+\s*:(?!:)|\b(?:for|while|do)\b|for_each|for_every/m;

/**
 * Whether a path ends before the function's own variable, by which it names a lock, points to anything: no caller can
 * have handed it that lock. Where paths come back to what stands above, it may have been set further down.
 */
export function isNotYetFound(
  { function: name, lock, line }: Pick<Finding, "function" | "lock" | "line">,
  image: Image,
  locals: Locals,
): boolean {
  const root = /^\w+/.exec(lock.replace(/^[&*(\s]+/, ""))?.[0];
  const [own, ...others] = rangesNamed(image.text, name);
  if (root === undefined || !locals.has(root) || !own || others.length > 0) return false;
  const [head = "", ...body] = blankComments(own.text).split("{");
  const above = body
    .join("{")
    .split("\n")
    .slice(0, line - own.from - head.split("\n").length + 1);
  const text = above.join("\n");
  if (RETURNS.test(text)) return false;
  const uses = text.match(new RegExp(`\\b${root}\\b\\s*.?`, "g")) ?? [];
  return !new RegExp(`\\b${root}\\b`).test(head) && uses.length === 1 && /[;,]$/.test(uses[0] ?? "");
}

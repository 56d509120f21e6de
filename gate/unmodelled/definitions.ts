import { tableKnowledge, takesLocks } from "../../model/c/knowledge/index.ts";
import { calledNames } from "../../model/c/source/index.ts";
import { lockWordOf } from "../../model/kernel/lock-name.ts";
import { allowsSleep } from "../../model/kernel/table/gfp.ts";
import type { DiffLine, FileDiff } from "../diff/diff.ts";

interface ChangedMacro {
  readonly name: string;
  readonly why: string;
}

/**
 * Macros whose definition a patch changes, where that may change what is locked: of a file that others include, or that
 * was not seen as a whole, what uses them was not judged.
 */
export function changedMacros({ hunks, after, before }: FileDiff, isWhole: boolean): readonly ChangedMacro[] {
  const isJudged = isWhole && (after ?? before ?? "").endsWith(".c");
  const found = hunks.flatMap(({ lines }) => definitions(lines).flatMap((each) => judge(each, isJudged)));
  return [...new Map(found.map((each) => [each.name, each])).values()];
}

interface Definition {
  readonly name: string;
  readonly lines: readonly DiffLine[];
}

/** A `#define` with the lines that continue it, each side of the change by itself. */
function definitions(lines: readonly DiffLine[]): readonly Definition[] {
  return (["added", "removed"] as const).flatMap((kind) => {
    const side = lines.filter((line) => line.kind === "context" || line.kind === kind);
    return side.flatMap((line, at) => {
      const name = /^\s*#\s*define\s+(\w+)/.exec(line.text)?.[1];
      if (name === undefined) return [];
      const end = side.findIndex((each, index) => index >= at && !each.text.trimEnd().endsWith("\\"));
      return [{ name, lines: side.slice(at, end < 0 ? side.length : end + 1) }];
    });
  });
}

function judge({ name, lines }: Definition, isJudged: boolean): readonly ChangedMacro[] {
  if (lines.every(({ kind }) => kind === "context")) return [];
  if (tableKnowledge.matters(name)) {
    return [{ name, why: "is defined anew: the table describes the old definition" }];
  }
  if (isJudged) return [];
  const body = lines.map(({ text }) => text.replace(/^\s*#\s*define\s+\w+(?:\([^)]*\))?/, "")).join("\n");
  const isLock = (each: string) => takesLocks(tableKnowledge, each) || lockWordOf(each) !== undefined;
  const locks = [...calledNames(body), ...(/^\s*(\w+)\s*$/.exec(body)?.slice(1) ?? [])].find(isLock);
  const jump = /\b(?:return|goto|break|continue)\b/.exec(body)?.[0];
  const sleeps = [...calledNames(body)].find(maySleep) ?? (allowsSleep(body) ? body.trim() : undefined);
  const other = jump ? `leaves what uses it (${jump})` : sleeps && `may sleep (${sleeps})`;
  const what = locks !== undefined ? `takes locks (${locks})` : other;
  return what ? [{ name, why: `${what}, and what uses it elsewhere was not judged` }] : [];
}

const maySleep = (name: string): boolean =>
  tableKnowledge
    .find(name, [])
    ?.outcomes.some(({ does }) => does.some(({ operation: { kind } }) => kind === "may-sleep")) ?? false;

/** include/linux/cleanup.h: what guard() and scoped_guard() take and give back. */
const DEFINITION = /^\s*DEFINE_(?:GUARD|LOCK_GUARD_[01])(?:_COND)?\s*\(\s*(\w+)/;

/** Guards that a change defines, or defines anew: the table describes the kernel's own, as they were. */
export function changedGuards({ hunks, before, after }: FileDiff): readonly string[] {
  const changed = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== "context"));
  const names = new Set(changed.flatMap(({ text }) => DEFINITION.exec(text)?.[1] ?? []));
  return [...names].map(
    (name) => `${after ?? before}: guard ${name} is defined: what it takes is not modelled`,
  );
}

import { tableKnowledge, takesLocks } from "../../model/c/knowledge/index.ts";
import { calledNames } from "../../model/c/source/index.ts";
import type { DiffLine, FileDiff } from "../diff/diff.ts";

interface ChangedMacro {
  readonly name: string;
  readonly why: string;
}

/** Macros whose definition a patch changes, where that may change what is locked: macros are not modelled. */
export function changedMacros({ hunks }: FileDiff): readonly ChangedMacro[] {
  const found = hunks.flatMap(({ lines }) => definitions(lines).flatMap(judge));
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

function judge({ name, lines }: Definition): readonly ChangedMacro[] {
  if (lines.every(({ kind }) => kind === "context")) return [];
  if (tableKnowledge.matters(name)) {
    return [{ name, why: "is defined anew: the table describes the old definition" }];
  }
  const body = lines.map(({ text }) => text.replace(/^\s*#\s*define\s+\w+/, "")).join("\n");
  const locks = [...calledNames(body)].find((each) => takesLocks(tableKnowledge, each));
  const alias = /^\s*\w+\s*$/.test(body) && tableKnowledge.matters(body.trim()) ? body.trim() : undefined;
  const what = locks ?? alias;
  return what === undefined ? [] : [{ name, why: `takes locks (${what}), and macros are not modelled` }];
}

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

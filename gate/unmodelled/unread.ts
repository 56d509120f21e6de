import { readFunction, type Stmt } from "../../model/c/index.ts";
import { tableKnowledge, takesLocks } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { NotModelled } from "../../model/not-modelled.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** Statements of changed lock-taking functions that the parser could make nothing of. */
export async function unreadStatements(image: Image, names: readonly string[]): Promise<readonly string[]> {
  const unit = readUnit(image.text);
  const wanted = unit.functions.filter(
    ({ name, calls }) => names.includes(name) && [...calls].some((each) => takesLocks(tableKnowledge, each)),
  );
  const surroundings = { unit, file: image.file, known: tableKnowledge };
  const lines = new Set<number>();
  for (const each of wanted) {
    for (const statements of await statementsOf(each, surroundings))
      for (const at of offsetsOf(statements)) lines.add(unit.lines.lineAt(at));
  }
  return [...lines].map((line) => `${placeOf(image, line)}: statement not understood`);
}

async function statementsOf(
  ...asked: Parameters<typeof readFunction>
): Promise<readonly (readonly Stmt[])[]> {
  try {
    const { readings } = await readFunction(...asked);
    return readings.map(({ statements }) => statements);
  } catch (error) {
    // The judgement names the function as skipped, and says why.
    if (error instanceof NotModelled) return [];
    throw error;
  }
}

/** Where unreadable statements stand, however deep in others. */
function offsetsOf(statements: readonly Stmt[]): readonly number[] {
  const offsets: number[] = [];
  const parts: unknown[] = [statements];
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    if ("kind" in part && part.kind === "unreadable" && "at" in part) offsets.push(Number(part.at));
    for (const each of Object.values(part)) parts.push(each);
  }
  return offsets.sort((one, other) => one - other);
}

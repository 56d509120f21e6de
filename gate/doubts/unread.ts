import { parsing, readFunction } from "../../model/c/index.ts";
import { tableKnowledge, takesLocks } from "../../model/c/knowledge/knowledge.ts";
import { readUnit } from "../../model/c/source/unit.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** Statements of changed lock-taking functions that the parser could make nothing of. */
export async function unreadStatements(image: Image, names: readonly string[]): Promise<readonly string[]> {
  const unit = readUnit(image.text);
  const wanted = unit.functions.filter(
    ({ name, calls }) => names.includes(name) && [...calls].some((each) => takesLocks(tableKnowledge, each)),
  );
  if (wanted.length === 0) return [];
  const lines = await parsing((parser) =>
    wanted.flatMap((each) => {
      const { readings } = readFunction(each, { parser, unit, file: image.file, known: tableKnowledge });
      return offsetsOf(readings.map(({ statements }) => statements())).map((at) => unit.lines.lineAt(at));
    }),
  );
  return [...new Set(lines)].map((line) => `${placeOf(image, line)}: statement not understood`);
}

/** Where unreadable statements stand, however deep in others. */
function offsetsOf(part: unknown): readonly number[] {
  if (Array.isArray(part)) return part.flatMap(offsetsOf);
  if (typeof part !== "object" || part === null) return [];
  const own = "kind" in part && part.kind === "unreadable" && "at" in part ? [Number(part.at)] : [];
  return [...own, ...Object.values(part).flatMap(offsetsOf)];
}

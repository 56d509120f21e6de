import { functionRanges } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import type { Moves } from "./compare.ts";
import { type Renames, renamed } from "./renames.ts";

interface Place {
  readonly file: string;
  readonly name: string;
  readonly text: string;
}

/** Two functions are one if so much of their lines is the same. */
const ALIKE = 0.6;

/** Follows functions that a change moves to another file or gives another name, also where they are called. */
export function movesOf(pairs: readonly ImagePair[], renames: Renames): Moves {
  const files = new Map(
    pairs.flatMap(({ before, after }) => (before && after ? [[before.file, after.file]] : [])),
  );
  const before = pairs.flatMap((pair) => placesOf(pair.before));
  const after = pairs.flatMap((pair) => placesOf(pair.after));
  const moving = ({ file, name }: Place) => key(files.get(file) ?? file, name);
  const was = new Set(before.map(moving));
  const is = new Set(after.map((each) => key(each.file, each.name)));
  const gone = before.filter((each) => !is.has(moving(each)));
  const come = after.filter((each) => !was.has(key(each.file, each.name)));
  const moved = new Map(gone.flatMap((each) => follow(each, come)));
  return (given) => {
    const [lock, site] = [renamed(given.lock, renames), renamed(given.site, renames)];
    const identity = { ...given, lock, site };
    const target = moved.get(key(identity.file, identity.function));
    if (target) return { ...identity, file: target.file, function: target.name };
    return { ...identity, file: files.get(identity.file) ?? identity.file };
  };
}

const key = (file: string, name: string): string => `${file}\u001f${name}`;

const placesOf = (image: ImagePair["before"]): readonly Place[] =>
  image ? functionRanges(image.text).map(({ name, text }) => ({ file: image.file, name, text })) : [];

function follow(gone: Place, come: readonly Place[]): readonly (readonly [string, Place])[] {
  const rated = come.map((each) => ({ each, rate: likeness(gone, each) }));
  const best = rated.sort((one, other) => other.rate - one.rate)[0];
  return best && best.rate >= ALIKE ? [[key(gone.file, gone.name), best.each]] : [];
}

/** Which part of the lines two functions share; the same name counts for a fifth. */
function likeness(one: Place, other: Place): number {
  const [lines, others] = [one, other].map(({ text }) =>
    text
      .split("\n")
      .slice(1)
      .map((line) => line.trim()),
  );
  const left = new Map<string, number>();
  for (const line of lines ?? []) left.set(line, (left.get(line) ?? 0) + 1);
  const shared = (others ?? []).filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count > 0;
  });
  const most = Math.max(lines?.length ?? 0, others?.length ?? 0, 1);
  return shared.length / most + (one.name === other.name ? 0.2 : 0);
}

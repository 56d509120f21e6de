import type { Finding, LockStory, PathStep, WithinCall } from "../../functions/finding.ts";
import type { Image, Origin } from "../rebuild/rebuild.ts";

/** A finding whose lines are those of the file, and, where the patch shows them, of the input as well. */
export interface PlacedFinding extends Finding {
  /** Line of the input that shows the site. */
  readonly patchLine?: number;
  readonly path: readonly PlacedStep[];
  readonly origins?: readonly (Omit<PathOrigin, "path"> & { readonly path: readonly PlacedStep[] })[];
}

type PathOrigin = NonNullable<Finding["origins"]>[number];

export interface PlacedStep extends PathStep {
  readonly patchLine?: number;
  /** The patch adds this line, or, of a finding before the change, removes it. */
  readonly changed?: boolean;
}

/** Turns lines of an image's text into lines of its file and of the input; what was put in is left out. */
export function placeFinding(finding: Finding, image: Image): PlacedFinding {
  const { origins, story, cause: _, through: __, ...rest } = finding;
  return {
    ...rest,
    file: image.file,
    ...linesOf(originAt(image, finding.line)),
    path: placePath(finding.path, image),
    ...(story && { story: placeStory(story, image) }),
    ...(origins && { origins: origins.map(({ look, path }) => ({ look, path: placePath(path, image) })) }),
  };
}

function placeStory({ elsewhere, callee, within, ...lines }: LockStory, image: Image): LockStory {
  const placed = Object.entries(lines).map(([what, line]) => [what, originAt(image, line)?.line ?? 0]);
  const others = elsewhere?.map((line) => originAt(image, line)?.line ?? 0);
  return {
    ...Object.fromEntries(placed),
    ...(others && { elsewhere: others }),
    ...(callee !== undefined && { callee }),
    ...(within && { within: within.map((each) => placeWithin(each, image)) }),
  };
}

const placeWithin = ({ line, steps, ...rest }: WithinCall, image: Image): WithinCall => ({
  ...rest,
  line: originAt(image, line)?.line ?? 0,
  steps: placePath(steps, image),
});

const placePath = (path: Finding["path"], image: Image): readonly PlacedStep[] =>
  path.flatMap((step, at) => {
    const origin = at === path.length - 1 ? originAt(image, step.line) : image.origins[step.line - 1];
    return origin ? [placeStep(step, origin)] : [];
  });

function placeStep(step: PathStep, origin: Origin): PlacedStep {
  return { ...step, text: origin.text.trim(), ...linesOf(origin), ...(origin.changed && { changed: true }) };
}

function linesOf(origin: Origin | undefined): { line: number; patchLine?: number } {
  return { line: origin?.line ?? 0, ...(origin?.input !== undefined && { patchLine: origin.input }) };
}

/** The origin of a line; for one that the rebuilding put in, that of the last real one before it. */
function originAt(image: Image, line: number): Origin | undefined {
  let at = line - 1;
  while (at > 0 && image.origins[at] === undefined) at--;
  return image.origins[at];
}

/** `file:line`, by the line of the file that a line of the image is. */
export const placeOf = (image: Image, line: number): string =>
  `${image.file}:${originAt(image, line)?.line ?? "?"}`;

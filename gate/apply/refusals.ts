import type { Tree } from "../../tree/tree.ts";
import type { AppliedFile } from "./workspace.ts";

/** What to say of files that a patch does not apply to: which, why, and what helps. */
export function refusals(refused: readonly AppliedFile[], tree: Tree | undefined): readonly string[] {
  const base = tree?.commit === undefined ? "" : ` at ${tree.commit.slice(0, 12)}`;
  return refused.map(({ file: { before, after }, failure, isAppliedAlready }) => {
    const what = `${after ?? before}: the patch does not apply${base}`;
    if (isAppliedAlready) return `${what}: it is applied already (--base COMMIT names a commit without it)`;
    return `${what}: ${failure} (--base COMMIT names the commit that it was made for)`;
  });
}

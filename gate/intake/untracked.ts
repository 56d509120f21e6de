import { DIFF, git } from "../../tree/git.ts";

/** C files of a checkout that git neither knows nor ignores, as a diff that creates them. */
export function untrackedDiff(directory: string): string {
  const root = git(directory, ["rev-parse", "--show-toplevel"]).out.trimEnd();
  const listed = git(root, ["ls-files", "--others", "--exclude-standard", "-z", "--", "*.c", "*.h"]);
  const paths = listed.out.split("\0").filter(Boolean);
  return paths
    .map((path) => git(root, ["diff", "--no-index", ...DIFF, "--", "/dev/null", path]).out)
    .join("");
}

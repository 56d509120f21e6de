import { DIFF, git } from "../../tree/git.ts";

/**
 * What merges of a range change by themselves, as no side of them did: no commit has it, and so it is not
 * judged. Each line names a merge and a file.
 */
export function changedByMerges(directory: string, range: string): readonly string[] {
  const merges = git(directory, ["rev-list", "--merges", range]).out;
  if (merges === "") return [];
  const shown = git(directory, ["diff-tree", "--stdin", "--cc", "-p", ...DIFF], {
    input: Buffer.from(merges),
  });
  let merge = "";
  return shown.out.split("\n").flatMap((line) => {
    if (/^[0-9a-f]{40,64}$/.test(line)) merge = line;
    const file = /^diff --cc (.*\.[ch]"?)$/.exec(line)?.[1];
    return file === undefined
      ? []
      : [`${file}: what merge ${merge.slice(0, 12)} itself changes was not judged`];
  });
}

import type { Change } from "./change.ts";

/** Files that a patch's diffstat counts and that its diff lacks: the mail may have been cut between two files. */
export function missingFiles({ label, diff, depth, lines }: Change): readonly string[] {
  const [first] = diff.files;
  if (depth > 0 || !first) return [];
  const above = lines.filter(({ number }) => number < first.input);
  const counts = above.flatMap(({ text }) => /^ (\d+) files? changed(?:,|$)/.exec(text)?.[1] ?? []);
  const counted = Number(counts.at(-1) ?? 0);
  const found = new Set(diff.files.map(({ before, after }) => after ?? before)).size;
  if (counted <= found) return [];
  return [`${label}: its diffstat counts ${counted} files, and its diff has ${found}: it may be cut off`];
}

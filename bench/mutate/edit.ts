/** Text put in the place of text. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.at - one.at)
    .reduce((sofar, { at, end, text: put }) => sofar.slice(0, at) + put + sofar.slice(end), text);
}

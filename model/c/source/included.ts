/** What a text includes. */
export interface Included {
  readonly name: string;
  /** Its name stands in quotation marks, and is looked for beside the file first. */
  readonly own: boolean;
}

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]*)"|<([^>\n]*)>)/gm;

/** The files that a text includes, in its order. */
export const includedBy = (text: string): readonly Included[] =>
  [...text.matchAll(INCLUDE)].map(([, own, other = ""]) => ({ name: own ?? other, own: own !== undefined }));

/**
 * The pattern of a name where it does not stand in EXPORT_SYMBOL(). The name comes first: looked for from behind, each
 * of many blanks would be read again and again.
 */
export const outsideExport = (name: string): string =>
  `\\b${name}\\b(?<!EXPORT_SYMBOL\\w*\\s*\\(\\s*${name})`;

/** The last name in a path, whatever leads there; all of it where it has none. */
export const lastNameOf = (path: string): string => /(\w+)\W*$/.exec(path)?.[1] ?? path;

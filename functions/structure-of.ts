/** The structure that an object is, as its variable is declared in a text without needless blanks, or one that it is assigned to. */
export function structureOf(object: string, around: string): string | undefined {
  const isName = /^\w+$/.test(object);
  const escaped = object.replace(/\W/g, "\\$&");
  const assigned = new RegExp(`\\b(\\w+) ?= ?(?:\\([^()]{0,80}\\) ?)?${escaped} ?[;,]`).exec(around)?.[1];
  const declared = isName ? declaredType(object, around) : undefined;
  return declared ?? (assigned === undefined ? undefined : declaredType(assigned, around));
}

const declaredType = (name: string, around: string): string | undefined =>
  new RegExp(`\\bstruct (\\w+) ?\\** ?(?:const )?(?:\\w[^;()]{0,400}, ?\\** ?)?${name}\\b(?! ?[->.(])`).exec(
    around,
  )?.[1];

/** A text with its blanks as `structureOf` wants them. */
export const withoutBlanks = (text: string): string => text.replace(/\s+/g, " ");

/** How a member is declared in a structure that the text defines; undefined where it does not. */
export function memberIn(structure: string, member: string, text: string): string | undefined {
  const body = new RegExp(`\\bstruct\\s+${structure}\\s*\\{([^}]*)`).exec(text)?.[1] ?? "";
  return body.split(";").find((each) => new RegExp(`\\b${member}\\b`).test(each));
}

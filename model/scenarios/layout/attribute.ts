import { and, type Expression } from "../../ir/expression.ts";
import { oneOf, type Place } from "../../ir/place.ts";
import { type Alternative, choose, type Statement } from "../../ir/procedure.ts";

/** A fact about the world that no run has chosen until code reads it. */
export const SEEN = oneOf("unseen", "no", "yes");
export type Attribute = Place<typeof SEEN>;

/** What reading an attribute answers: possible where nothing else was read of it before. */
export interface Answer {
  readonly possible: Expression;
  readonly chosen: ReturnType<Attribute["set"]>;
}

export const yes = (attribute: Attribute): Answer => answer(attribute, "yes", "no");
export const no = (attribute: Attribute): Answer => answer(attribute, "no", "yes");

function answer(attribute: Attribute, is: "yes" | "no", opposite: "yes" | "no"): Answer {
  return { possible: attribute.isNot(opposite), chosen: attribute.set(is) };
}

/** One way in which a reading of the world can turn out. */
export interface Finding extends Omit<Alternative, "updates" | "name"> {
  readonly name: string;
  readonly answers?: readonly Answer[];
  readonly updates?: Alternative["updates"];
}

/** A step that reads attributes: a run for every layout that is still possible. */
export function reads(text: string, ...findings: readonly Finding[]): Statement {
  return choose(text, ...findings.map((each) => alternative(text, each)));
}

function alternative(subject: string, { answers = [], guard, updates = [], ...rest }: Finding): Alternative {
  return {
    ...rest,
    guard: and(...(guard ? [guard] : []), ...answers.map(({ possible }) => possible)),
    updates: [...answers.map(({ chosen }) => chosen), ...updates],
    decision: { kind: "layout", subject, alternative: rest.name },
  };
}

import type { GateFinding } from "../gate/result.ts";
import { oneLine } from "../model/printable.ts";

type Blamed = Pick<GateFinding, "because" | "consequences" | "function">;

/** The changed function that is to blame, where it is another. */
export const blameOf = ({ because }: Blamed): string | undefined =>
  because && `because ${oneLine(because.function)}() in ${oneLine(because.file)} ${oneLine(because.words)}`;

/** The callers that the same mistake reaches. */
export function callersOf({ because, consequences, function: own }: Blamed): string | undefined {
  const callers = new Set(consequences.map((each) => each.function).filter((name) => name !== own));
  const names = [...callers].sort().map((name) => `${oneLine(name)}()`);
  const count = `${names.length} ${because ? "more " : ""}${names.length === 1 ? "caller" : "callers"}`;
  return names.length === 0 ? undefined : `reaches ${count}: ${names.join(", ")}`;
}

/** Both, where there is something to say. */
export const reachOf = (finding: Blamed): readonly string[] =>
  [blameOf(finding), callersOf(finding)].filter((each) => each !== undefined);

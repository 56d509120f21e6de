import { ruleIds } from "../../functions/rule-ids.ts";
import { InputError } from "../../model/input-error.ts";
import { nearestHint } from "../../model/nearest.ts";
import type { CheckArguments } from "./options.ts";

/**
 * The rules of C that are left out: those of --ignore, and all but those of --rules.
 *
 * @throws InputError for a rule that there is not.
 */
export function leftOutRules({
  rules,
  ignore = [],
}: Pick<CheckArguments, "rules" | "ignore">): readonly string[] {
  const unknown = [...(rules ?? []), ...ignore].find((id) => !ruleIds.includes(id));
  if (unknown !== undefined)
    throw new InputError(`unknown rule '${unknown}' ${nearestHint(unknown, ruleIds)}`);
  return ruleIds.filter((id) => ignore.includes(id) || rules?.includes(id) === false);
}

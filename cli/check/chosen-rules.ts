import { findRule, ruleIds } from "../../functions/rule-ids.ts";
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
  for (const id of [...(rules ?? []), ...ignore]) findRule(id);
  return ruleIds.filter((id) => ignore.includes(id) || rules?.includes(id) === false);
}

import { rulesAcross } from "./across/index.ts";
import { rules } from "./rule.ts";

/** What is found by comparing exits, and what across functions; none has a rule of its own on the way. */
const BESIDE_RULES: readonly string[] = ["exit-imbalance", ...rulesAcross];

/** Ids of all that C is judged by, sorted. */
export const ruleIds: readonly string[] = [
  ...rules.map(({ property }) => property.name),
  ...BESIDE_RULES,
].sort();

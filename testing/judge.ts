import type { SearchResult } from "../checker/result.ts";
import { search } from "../checker/search/search.ts";
import type { ScenarioModel } from "../model/scenarios/scenario.ts";
import { instrument } from "../properties/instrument.ts";
import { propertiesOf } from "../properties/library.ts";

export interface Judgement extends SearchResult {
  readonly verdicts: Readonly<Record<string, string>>;
  /** Properties that nothing reached could have violated. */
  readonly unevaluated: readonly string[];
}

/** Searches a scenario's model and says what became of each of the properties. */
export function judge({ model, observe }: ScenarioModel, properties: readonly string[]): Judgement {
  const result = search(instrument(model, observe, propertiesOf({ properties })));
  return {
    ...result,
    verdicts: Object.fromEntries(result.properties.map(({ property, verdict }) => [property, verdict])),
    unevaluated: properties.filter(
      (name) => !result.properties.some(({ property, evaluated }) => property === name && evaluated),
    ),
  };
}

import { InputError } from "../../model/input-error.ts";
import type { Parameter, Scenario, ScenarioChoice } from "../../model/scenarios/scenario.ts";

/**
 * The version and sizes that the user asked for, the rest at its default.
 * `words` are the scenario's own options: `--ptes 3 --folios=2`.
 * @throws InputError for what the scenario does not have, or a size out of range.
 */
export function choose(
  scenario: Scenario,
  version: string | undefined,
  words: readonly string[],
): ScenarioChoice {
  const given = pairs(words).map(([name, value]) => read(scenario, name, value));
  const defaults = scenario.parameters.map((each): [string, number] => [each.name, each.default]);
  const parameters = Object.fromEntries([...defaults, ...given]);
  const chosen = versionOf(scenario, version);
  return { ...(chosen !== undefined && { version: chosen }), parameters };
}

function versionOf({ id, versions }: Scenario, wanted: string | undefined): string | undefined {
  if (wanted === undefined) return versions.at(-1)?.id;
  if (versions.some((each) => each.id === wanted)) return wanted;
  const valid =
    versions.length === 0 ? "it has none" : `valid: ${versions.map((each) => each.id).join(", ")}`;
  throw new InputError(`${id} has no version '${wanted}' (${valid})`);
}

/** `--name value` and `--name=value`, in the order given. */
function pairs(words: readonly string[]): readonly (readonly [string, string])[] {
  const [first, second, ...rest] = words;
  if (first === undefined) return [];
  const option = /^--([a-z][a-z-]*)(?:=(.*))?$/.exec(first);
  const name = option?.[1];
  if (name === undefined) throw new InputError(`unexpected argument '${first}'`);
  const attached = option?.[2];
  if (attached !== undefined) return [[name, attached], ...pairs(words.slice(1))];
  if (second === undefined) throw new InputError(`--${name} needs a value`);
  return [[name, second], ...pairs(rest)];
}

function read({ id, parameters }: Scenario, name: string, value: string): [string, number] {
  const parameter = parameters.find((each) => each.name === name);
  if (!parameter) {
    const valid = parameters.map((each) => `--${each.name}`).join(", ") || "none";
    throw new InputError(`${id} has no parameter --${name} (valid: ${valid})`);
  }
  return [name, inRange(parameter, value)];
}

function inRange({ name, min, max }: Parameter, text: string): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new InputError(`--${name} ${text} is out of range (valid: ${min}..${max})`);
}

import type { Command } from "commander";
import type { SearchOptions } from "../../checker/result.ts";
import { InputError } from "../../model/input-error.ts";

const LIMITS = [
  { flag: "--max-states <number>", key: "maxStates", what: "distinct states" },
  { flag: "--max-depth <number>", key: "maxDepth", what: "steps" },
  { flag: "--max-time <seconds>", key: "maxTime", what: "seconds" },
  { flag: "--max-memory <MiB>", key: "maxMemory", what: "MiB of states" },
] as const;

export function declareLimits(command: Command): Command {
  return LIMITS.reduce(
    (declared, { flag, what }) => declared.option(flag, `stop after so many ${what}`),
    command,
  );
}

/** @throws InputError where a limit is not a positive number. */
export function limitsOf(options: Readonly<Record<string, unknown>>): SearchOptions {
  const given = LIMITS.filter(({ key }) => options[key] !== undefined);
  return Object.fromEntries(given.map(({ key, flag }) => [key, positive(flag, String(options[key]))]));
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (value > 0 && text.trim() !== "") return value;
  throw new InputError(`${flag.split(" ")[0]} ${text}: not a positive number`);
}

import type { Command } from "commander";
import { BACK_ENDS, type BackEndName, type SearchOptions } from "../../checker/result.ts";
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
    command
      .option("--no-reduce", "search in full, without the reductions that are safe for the model")
      .option("--back-end <name>", `what runs the search: ${BACK_ENDS.join(", ")}`, "auto"),
  );
}

/** @throws InputError where a limit is not a positive number, or the back end is unknown. */
export function limitsOf(options: Readonly<Record<string, unknown>>): SearchOptions {
  const given = LIMITS.filter(({ key }) => options[key] !== undefined);
  const limits = Object.fromEntries(
    given.map(({ key, flag }) => [key, positive(flag, String(options[key]))]),
  );
  const { reduce, backEnd } = options;
  return { ...limits, ...(reduce === false && { reduce }), backEnd: backEndOf(String(backEnd ?? "auto")) };
}

function backEndOf(name: string): BackEndName {
  const found = BACK_ENDS.find((each) => each === name);
  if (found) return found;
  throw new InputError(`unknown back end '${name}' (valid: ${BACK_ENDS.join(", ")})`);
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (value > 0 && text.trim() !== "") return value;
  throw new InputError(`${flag.split(" ")[0]} ${text}: not a positive number`);
}

/** @throws InputError for a limit that random walks do not keep. */
export function refuseForWalks(limits: SearchOptions): void {
  const wrong = LIMITS.find(({ key }) => key !== "maxDepth" && limits[key] !== undefined);
  if (wrong) throw new InputError(`${wrong.flag.split(" ")[0]} is for a search: leave out --random`);
}

import type { Command } from "commander";
import { BACK_ENDS, type BackEndName, type SearchOptions } from "../../checker/search-options.ts";
import { InputError } from "../../model/input-error.ts";
import { positive, wholeNumber } from "./number.ts";

const LIMITS = [
  { flag: "--max-states", value: "number", key: "maxStates", what: "distinct states", read: wholeNumber },
  { flag: "--max-depth", value: "number", key: "maxDepth", what: "steps", read: wholeNumber },
  { flag: "--max-time", value: "seconds", key: "maxTime", what: "seconds", read: positive },
  { flag: "--max-memory", value: "MiB", key: "maxMemory", what: "MiB of states", read: positive },
] as const;

export function declareLimits(command: Command): Command {
  return LIMITS.reduce(
    (declared, { flag, value, what }) => declared.option(`${flag} <${value}>`, `stop after so many ${what}`),
    command
      .option("--no-reduce", "search in full, without the reductions that are safe for the model")
      .option("--back-end <name>", `what runs the search: ${BACK_ENDS.join(", ")}`, "auto"),
  );
}

/** @throws InputError where a limit is no number above 0, or the back end is unknown. */
export function limitsOf(options: Readonly<Record<string, unknown>>): SearchOptions {
  const given = LIMITS.filter(({ key }) => options[key] !== undefined);
  const limits = Object.fromEntries(
    given.map(({ key, flag, read }) => [key, read(flag, String(options[key]))]),
  );
  const { reduce, backEnd } = options;
  return { ...limits, ...(reduce === false && { reduce }), backEnd: backEndOf(String(backEnd ?? "auto")) };
}

function backEndOf(name: string): BackEndName {
  const found = BACK_ENDS.find((each) => each === name);
  if (found) return found;
  throw new InputError(`unknown back end '${name}' (valid: ${BACK_ENDS.join(", ")})`);
}

/** @throws InputError for what is for a search, and not for random walks. */
export function refuseForWalks({ reduce, backEnd, ...limits }: SearchOptions): void {
  const given = LIMITS.filter(({ key }) => key !== "maxDepth" && limits[key] !== undefined);
  const [wrong] = [
    ...given.map(({ flag }) => flag),
    ...(reduce === false ? ["--no-reduce"] : []),
    ...(backEnd !== "auto" ? ["--back-end"] : []),
  ];
  if (wrong !== undefined) throw new InputError(`${wrong} is for a search: leave out --random`);
}

import { timed } from "../timed.ts";

/** What one run of a program took. */
export interface Measurement {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all its threads. */
  readonly user: number;
  /** Greatest resident size, in MB. */
  readonly megabytes: number;
  /** Distinct states that it counted. */
  readonly states: number;
}

export interface Program {
  readonly command: string;
  readonly words: readonly string[];
  /** Where the count of states stands in what it prints. */
  readonly states: RegExp;
}

/** Runs a program once under GNU time. Throws where it does not print its count of states. */
export function measure({ command, words, states }: Program, directory: string): Measurement {
  const { stdout, stderr, ...figures } = timed(command, words, directory);
  const counted = states.exec(stdout)?.[1];
  if (counted === undefined)
    throw new Error(`${command} ${words.join(" ")} counts no states:\n${stdout}${stderr}`);
  return { ...figures, states: Number(counted.replaceAll(/\D/g, "")) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

export function medians(runs: readonly Measurement[]): Measurement {
  const of = (figure: keyof Measurement) => median(runs.map((each) => each[figure]));
  return { wall: of("wall"), user: of("user"), megabytes: of("megabytes"), states: of("states") };
}

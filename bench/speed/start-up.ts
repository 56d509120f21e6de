import { BIN } from "../timed.ts";
import { measure, medians } from "./measure.ts";

/** The time from the command line to the verdict on a small scenario, the files being in memory. */
export function startUp(rounds: number, directory: string): string {
  const words = [BIN, "explore", "madvise", "--version", "v5"];
  const program = { command: process.execPath, words, states: /(\d+) states,/ };
  measure(program, directory);
  const runs = Array.from({ length: Math.max(5, rounds) }, () => measure(program, directory));
  const { wall, states } = medians(runs);
  return `\`holdfast explore madvise --version v5\`: ${Math.round(wall * 1000)} ms (${states} states).`;
}

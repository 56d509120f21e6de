import { BIN, timed } from "../timed.ts";
import { measure, median, medians } from "./measure.ts";

/** The time from the command line to the verdict on a small scenario, the files being in memory; in turns with Node alone. */
export function startUp(rounds: number, directory: string): string {
  const words = [BIN, "explore", "madvise", "--version", "v5"];
  const program = { command: process.execPath, words, states: /(\d+) states,/ };
  measure(program, directory);
  const turns = Array.from({ length: Math.max(5, rounds) }, () => ({
    run: measure(program, directory),
    node: timed(process.execPath, ["-e", "0"], directory),
  }));
  const { wall, states } = medians(turns.map(({ run }) => run));
  const alone = median(turns.map(({ node }) => node.wall));
  const milliseconds = (seconds: number) => `${Math.round(seconds * 1000)} ms`;
  return `\`holdfast explore madvise --version v5\`: ${milliseconds(wall)} (${states} states), of which Node alone takes ${milliseconds(alone)}.`;
}

import type { Progress } from "../../checker/search-options.ts";
import { CLEAR_LINE, type Terminal } from "../terminal.ts";

/** One line on stderr that is overwritten, where stderr is a terminal. */
export function progressLine(terminal: Terminal): { show?: (progress: Progress) => void; clear: () => void } {
  if (!terminal.showsProgress) return { clear: () => {} };
  return {
    show: ({ states, frontier, depth, elapsed }) => {
      const rate = Math.round(states / Math.max(elapsed, 0.001));
      terminal.err(`${CLEAR_LINE}${states} states, ${rate}/s, ${frontier} to expand, depth ${depth}`);
    },
    clear: () => terminal.err(CLEAR_LINE),
  };
}

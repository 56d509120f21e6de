import { CLEAR_LINE, type Terminal } from "../terminal.ts";

/** Milliseconds between two lines. */
const EVERY = 200;

/** Tells on a terminal how many of some files are done, how fast, and how long the rest will take. */
export function fileProgress(
  terminal: Terminal,
  files: number,
  now: () => number = performance.now.bind(performance),
) {
  const line = progressLine(terminal, now);
  let done = 0;
  return {
    /** One more is begun. */
    begin(name: string): void {
      line.show(done, files, `: ${name}`);
      done++;
    },
    /** Takes the line away. */
    clear: line.clear,
  };
}

export type ProgressLine = ReturnType<typeof progressLine>;

/** As `fileProgress`, where others count. */
export function progressLine(terminal: Terminal, now: () => number = performance.now.bind(performance)) {
  const started = now();
  let shown = Number.NEGATIVE_INFINITY;
  return {
    show(done: number, files: number, behind = ""): void {
      const elapsed = now() - started;
      if (!terminal.showsProgress || files < 2 || elapsed - shown < EVERY) return;
      shown = elapsed;
      terminal.err(`${CLEAR_LINE}${done} of ${files} files${pace(done, files, elapsed / 1000)}${behind}`);
    },
    /** Takes the line away. */
    clear(): void {
      if (shown >= 0) terminal.err(CLEAR_LINE);
    },
  };
}

/** @param seconds since the first was begun. */
function pace(done: number, files: number, seconds: number): string {
  if (done === 0 || seconds < 1) return "";
  const rate = done / seconds;
  return `, ${rate.toFixed(rate < 10 ? 1 : 0)}/s, ${Math.ceil((files - done) / rate)} s left`;
}

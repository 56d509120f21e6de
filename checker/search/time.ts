/**
 * Milliseconds of a clock that only goes forward. Node loads its `performance` when it is first used, which takes
 * a part of a short run.
 */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** Work that can be left and taken up again at each pause. */
export type Pausing<T> = Generator<void, T, void>;

/** Does the work without a pause. */
export function toEnd<T>(work: Pausing<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does the work, letting the event loop run now and then, so that a signal is heard. */
export async function inTurns<T>(work: Pausing<T>, milliseconds = 50): Promise<T> {
  let since = now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (now() - since < milliseconds) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = now();
  }
}

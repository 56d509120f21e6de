/**
 * Milliseconds of a clock that only goes forward. Node loads its `performance` when it is first used, which takes
 * a part of a short run.
 */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

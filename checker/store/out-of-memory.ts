/** How V8 says that there is no memory, or no address space, for an array or for WebAssembly. */
const MESSAGE =
  /allocation failed|could not allocate|Cannot allocate|Out of memory|Unable to grow|Maximum memory size|Invalid typed array length: \d/;

/** Whether this is an error's text that says so. */
export const saysOutOfMemory = (text: string): boolean => text.includes("RangeError") && MESSAGE.test(text);

/** Whether memory has ended; RangeErrors of other kinds are faults of the program. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError && MESSAGE.test(error.message);

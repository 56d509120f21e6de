import { InputError } from "../../model/input-error.ts";

/** The model itself is wrong: a value left its domain, or an index names no element. */
export class ModelError extends InputError {
  override readonly name: string = "ModelError";
}
/** What reading the model gives; undefined where it is wrong there, and so means nothing. */
export function unlessWrong<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

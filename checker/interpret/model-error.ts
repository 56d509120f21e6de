import { InputError } from "../../model/input-error.ts";

/** The model itself is wrong: a value left its domain, or an index names no element. */
export class ModelError extends InputError {
  override readonly name: string = "ModelError";
}

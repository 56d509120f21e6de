/** The model itself is wrong: a value left its domain, or an index names no element. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

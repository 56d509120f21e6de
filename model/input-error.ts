/** What the user gave cannot be used: said in one line with its position and the valid choices. Exit code 2. */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

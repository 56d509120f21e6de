/** Thrown by a compiled back end where the model is wrong; the interpreter then says what is. */
export class Fault extends Error {
  override readonly name = "Fault";
}

const FAULT = new Fault("the model is wrong in this state");

export function raiseFault(): never {
  throw FAULT;
}

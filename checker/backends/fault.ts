import { ModelError } from "../interpret/model-error.ts";

/** Made once, as it is thrown where states are expanded. */
const FAULT = new ModelError("the model is wrong in this state");

/** Says, from within compiled code, that the model is wrong in this state; the interpreter then says what is. */
export function raiseFault(): never {
  throw FAULT;
}

export const isFault = (error: unknown): boolean => error === FAULT;

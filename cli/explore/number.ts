import { InputError } from "../../model/input-error.ts";

/** A number above 0 that the user gave an option. Throws an InputError where it is none. */
export function positive(flag: string, text: string): number {
  const value = numberOf(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InputError(`${flag} ${text}: not a positive number`);
}

/** As `positive`, without a fraction. */
export function wholeNumber(flag: string, text: string): number {
  const value = numberOf(text);
  if (value > 0 && Number.isSafeInteger(value)) return value;
  throw new InputError(`${flag} ${text}: not a positive whole number`);
}

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

import type { UnitFunction } from "../model/c/source/index.ts";
import { ATOMIC_SECTION } from "../model/kernel/table/sleep.ts";

/** No source has a function of this name. */
export const ATOMIC_CALLER = "__holdfast_atomic_caller";

/** The text of a function that calls another in atomic context, and hands on its own arguments. */
export function atomicCaller({ name, headText, parameters }: UnitFunction): string {
  const head = headText.replace(new RegExp(`\\b${name}(?=\\s*\\()`), ATOMIC_CALLER);
  const call = `${name}(${parameters.join(", ")});`;
  return `${head}\n{\n\t${ATOMIC_SECTION.enter}();\n\t${call}\n\t${ATOMIC_SECTION.leave}();\n}\n`;
}

import type { Property } from "./property.ts";

/** Every property that a scenario can be judged by. */
export const properties: readonly Property[] = [];

import type { Translation } from "../model/c/index.ts";

/** The node of the return that an exit's location stands for; -1 for none. */
export const returnNode = (model: Translation["model"], site: number): number =>
  Number(/^n(\d+)/.exec(model.programs[0]?.locations[site]?.name ?? "")?.[1] ?? -1);

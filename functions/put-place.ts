import { behindPointer, type Flow, ZERO } from "../model/c/index.ts";
import { isAssigned } from "./passage.ts";

/** A place of the caller that a function puts an object into. */
export interface PutPlace {
  /** Of the parameter that leads there. */
  readonly position: number;
  /** The path from that parameter to what a path from the object leads to. */
  toPath(path: string): string;
}

/** The one place behind a parameter that a variable is put into: `*out = b`, `ctx->box = b`. */
export function placePut(variable: string, parameters: readonly string[], flow: Flow): PutPlace | undefined {
  const puts = flow.nodes.flatMap(({ action }) => {
    if (action.kind !== "assign" || action.value.kind !== "copy") return [];
    const { target, value } = action;
    const parameter =
      /^(?:\*(\w+)|(\w+)->\w+)$/
        .exec(target)
        ?.slice(1)
        .find((each) => each) ?? "";
    return value.variable === variable && parameters.includes(parameter) && !isAssigned(parameter, flow)
      ? [{ target, parameter }]
      : [];
  });
  const [put] = puts;
  const isOnly = put && puts.every(({ target }) => target === put.target);
  if (!isOnly || isPutOtherwise(put.target, variable, flow)) return undefined;
  const behind = put.target.replace(/^\*?\w+/, "");
  const isPointed = put.target.startsWith("*");
  return {
    position: parameters.indexOf(put.parameter),
    toPath: (path) => (isPointed ? behindPointer(behind + path) : behind + path),
  };
}

/** Another object than this, or none, is put there as well. */
const isPutOtherwise = (place: string, variable: string, { nodes }: Flow): boolean =>
  nodes.some(
    ({ action }) =>
      action.kind === "assign" &&
      action.target === place &&
      !(action.value.kind === "mask" && action.value.mask === ZERO) &&
      !(action.value.kind === "copy" && action.value.variable === variable),
  );

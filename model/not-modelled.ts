/** Why a function of C is not judged, or not to its end. The list is closed: any other failure is a bug. */
export type Reason =
  /** `at`: an offset, where the line is not known yet. */
  | { readonly kind: "nested too deeply"; readonly line?: number; readonly at?: number }
  | { readonly kind: "too long"; readonly most: number }
  | { readonly kind: "too many steps"; readonly most: number }
  | { readonly kind: "too many locks"; readonly locks: number; readonly steps: number; readonly most: number }
  | { readonly kind: "not plain C" }
  | { readonly kind: "call not understood"; readonly line: number; readonly callee: string }
  | { readonly kind: "too many states"; readonly most: number }
  | { readonly kind: "out of memory" }
  | { readonly kind: "too many functions"; readonly most: number; readonly in: "patch" | "file" };

/** The reason as reports print it. */
export function sentenceOf(reason: Reason): string {
  switch (reason.kind) {
    case "too long":
      return `longer than ${reason.most} characters`;
    case "too many steps":
      return `more than ${reason.most} steps`;
    case "too many locks":
      return `${reason.locks} locks in ${reason.steps} steps: their product is more than ${reason.most}`;
    case "call not understood":
      return `line ${reason.line}: ${reason.callee}() was not understood`;
    case "too many states":
      return `more than ${reason.most} states`;
    case "too many functions":
      return `more than ${reason.most} functions in one ${reason.in}: it was not judged`;
    case "nested too deeply":
      return reason.line === undefined ? reason.kind : `line ${reason.line}: ${reason.kind}`;
    case "not plain C":
    case "out of memory":
      return reason.kind;
  }
}

/** The same with its line, where it has a place; `lineOf` tells that of an offset, if there is one. */
export const withLine = (reason: Reason, lineOf: (at: number | undefined) => number): Reason =>
  reason.kind === "nested too deeply" && reason.line === undefined
    ? { ...reason, line: lineOf(reason.at) }
    : reason;

/** The C that is read has no model. The verdict names it, and is not `holds`. */
export class NotModelled extends Error {
  override readonly name = "NotModelled";
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(sentenceOf(reason));
    this.reason = reason;
  }
}

/**
 * Runs what recurses as deep as its text nests. Throws NotModelled where the stack ends, with the offset of the place,
 * as far as it can be told.
 */
export function withinStack<T>(work: () => T, placeOf: () => number | undefined = () => undefined): T {
  try {
    return work();
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    const at = placeOf();
    throw new NotModelled({ kind: "nested too deeply", ...(at !== undefined && { at }) });
  }
}

/** Why there is no model, if that is what the error says; throws any other. */
export function requireReason(error: unknown): Reason {
  if (error instanceof NotModelled) return error.reason;
  if (isStackOverflow(error)) return { kind: "nested too deeply" };
  throw error;
}

/** V8 throws a RangeError for many things: the message tells which. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message === "Maximum call stack size exceeded";

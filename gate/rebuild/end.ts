import { isBlank, type ScanLine } from "./scan.ts";

export interface EndQuestion {
  readonly collapsed: boolean;
  /** Another function's head comes right after the lines. */
  readonly headFollows: boolean;
  /** All of the function's lines before these, where none is hidden: then its braces tell. */
  readonly shownBefore?: readonly ScanLine[];
}

const TOP_LEVEL =
  /^(static|extern|typedef|EXPORT_\w+|module_\w+|MODULE_\w+|DEFINE_\w+|SYSCALL_\w+|(struct|union|enum)\s+\w+\s*(\{|$))/;

/** Which line closes the function that the lines are part of; undefined where they do not show it. */
export function functionEnd(lines: readonly ScanLine[], question: EndQuestion): number | undefined {
  if (!question.collapsed) return position(lines.findIndex(({ code }) => code.startsWith("}")));
  const counted = question.shownBefore && closingByCount(lines, question.shownBefore);
  if (counted !== undefined) return counted;
  if (question.headFollows) return position(lines.findLastIndex(({ code }) => code.trim() === "}"));
  return position(lines.findIndex((line, at) => line.code.trim() === "}" && topLevelFollows(lines, at + 1)));
}

const position = (index: number): number | undefined => (index < 0 ? undefined : index);

function closingByCount(lines: readonly ScanLine[], before: readonly ScanLine[]): number | undefined {
  let depth = before.reduce((sum, { code }) => sum + balance(code), 1);
  return position(
    lines.findIndex(({ code }) => {
      depth += balance(code);
      return depth <= 0;
    }),
  );
}

export function balance(code: string): number {
  let depth = 0;
  for (const character of code) depth += character === "{" ? 1 : character === "}" ? -1 : 0;
  return depth;
}

function topLevelFollows(lines: readonly ScanLine[], from: number): boolean {
  const next = lines.slice(from).find((line) => !isBlank(line) && !line.code.trim().startsWith("#"));
  return next !== undefined && TOP_LEVEL.test(next.code.trim());
}

import type { Edit } from "../mutate/edit.ts";
import { releases, type Subject } from "./subject.ts";

/** To the end of the file; what it calls is declared well before. A conditional around it would move too. */
export function movedFunction(subject: Subject): readonly (readonly Edit[])[] {
  if (releases(subject).length === 0) return [];
  const { text, code, in: each } = subject;
  const whole = text.slice(each.from, each.end + 1);
  return [
    [
      { at: each.from, end: each.end + 1, text: "" },
      { at: code.length, end: code.length, text: `\n${whole}\n` },
    ],
  ];
}

/** A release behind an if, done at the end of each of its branches instead. */
export function movedIntoBranches(subject: Subject): readonly (readonly Edit[])[] {
  const { code, in: each } = subject;
  return releases(subject).flatMap(({ text, at, end }) => {
    const branches = branchesBefore(code, each.start, at);
    if (!branches || branches.some(endsInJump(code))) return [];
    const inside = branches.map(({ close }) => ({ at: close, end: close, text: `\t${text}\n` }));
    return [[...inside, { at, end, text: branches.length === 1 ? `else ${text}` : ";" }]];
  });
}

interface Block {
  readonly open: number;
  readonly close: number;
}

/** The blocks of the if that ends right before an offset: one, or two where it has an else; none of a chain. */
function branchesBefore(code: string, start: number, at: number): readonly Block[] | undefined {
  const last = blockBefore(code, start, at);
  if (!last) return undefined;
  const head = code.slice(start, last.open);
  if (!/\belse\s*$/.test(head)) return isPlainIf(head) ? [last] : undefined;
  const first = blockBefore(code, start, start + head.replace(/\belse\s*$/, "").length);
  return first && isPlainIf(code.slice(start, first.open)) ? [first, last] : undefined;
}

/** The block whose brace closes right before an offset. */
function blockBefore(code: string, start: number, at: number): Block | undefined {
  const close = start + code.slice(start, at).trimEnd().length - 1;
  if (code[close] !== "}") return undefined;
  let depth = 0;
  for (let open = close; open > start; open--) {
    if (code[open] === "}") depth++;
    if (code[open] === "{" && --depth === 0) return { open, close };
  }
  return undefined;
}

/** The text ends in `if (...)`, behind no else. */
const isPlainIf = (head: string): boolean =>
  /(?<!\belse )\bif \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\s*$/.test(head);

const endsInJump =
  (code: string) =>
  ({ open, close }: Block): boolean =>
    /\b(?:return|goto|break|continue)\b[^;{}]*;\s*$/.test(code.slice(open, close));

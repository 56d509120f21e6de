import type { Edit } from "../mutate/edit.ts";
import { releases, type Subject } from "./subject.ts";
import { handed, isConstant } from "./variables.ts";

const ASSIGNMENT = /((\w+)(?:\+\+|--| [-+|&]?= (-?\w+));)/.source;
const BEFORE = new RegExp(`[;{}]\\s*${ASSIGNMENT}(\\s*)$`);
const BEHIND = new RegExp(`^(\\s*)${ASSIGNMENT}`);

/** A local that changes by a constant, or another local, right before or behind a release does so on its other side. */
export function movedStatement(subject: Subject): readonly (readonly Edit[])[] {
  const { code, in: each } = subject;
  return releases(subject).flatMap(({ text, arguments: given, at, end }) => {
    const isLocal = (word: string) => handed(subject, [word], at)?.length === 1;
    const isOwn = (variable = "", value = "0") =>
      isLocal(variable) &&
      (isConstant(value.replace("-", "")) || isLocal(value)) &&
      !given.some((one) => new RegExp(`\\b${variable}\\b`).test(one));
    const [before, behind] = [code.slice(each.start, at), code.slice(end, each.end)];
    const [, early = "", target, value, gap = ""] = BEFORE.exec(before) ?? [];
    const [, space = "", late = "", lateTarget, lateValue] = BEHIND.exec(behind) ?? [];
    const isStatement = /[;{}:]\s*$/.test(before);
    const later = { at: at - early.length - gap.length, end, text: `${text}${gap}${early}` };
    const sooner = { at, end: end + space.length + late.length, text: `${late}${space}${text}` };
    return [
      ...(early !== "" && isOwn(target, value) ? [[later]] : []),
      ...(late !== "" && isStatement && isOwn(lateTarget, lateValue) ? [[sooner]] : []),
    ];
  });
}

import type { Edit } from "../mutate/edit.ts";
import { type CallStatement, callStatements, type ScannedFunction } from "../mutate/scan.ts";
import type { Subject } from "./subject.ts";
import { releases } from "./subject.ts";

const ACQUIRE = /^(?:(?:raw_)?spin_lock(?:_irq|_bh)?|mutex_lock|(?:read|write)_lock|down_(?:read|write))$/;

/** The release of a lock that a variable leads to, as a function of its own. */
export const unlocking = (subject: Subject): readonly (readonly Edit[])[] =>
  releases(subject).flatMap((call) => extract(subject, call, { name: "drop", type: "void", tail: "" }));

/** The same of an acquisition. */
export const locking = (subject: Subject): readonly (readonly Edit[])[] =>
  callStatements(subject.code, subject.in)
    .filter(({ name }) => ACQUIRE.test(name))
    .flatMap((call) => extract(subject, call, { name: "take", type: "void", tail: "" }));

/** A release with the constant that is returned right behind it. */
export function failing(subject: Subject): readonly (readonly Edit[])[] {
  const { code, in: each } = subject;
  if (!/(?:^|\s)int$/.test(each.returns)) return [];
  return releases(subject).flatMap((call) => {
    const behind = /^\s*(return (?:-E[A-Z]+|0);)/.exec(code.slice(call.end, each.end));
    if (!behind) return [];
    const end = call.end + behind[0].length;
    return extract(subject, { ...call, end }, { name: "fail", type: "int", tail: `\n\t${behind[1]}` });
  });
}

interface Helper {
  readonly name: string;
  readonly type: string;
  /** What it does behind the call. */
  readonly tail: string;
}

function extract(
  subject: Subject,
  call: CallStatement,
  { name, type, tail }: Helper,
): readonly (readonly Edit[])[] {
  const owner = ownerOf(subject, call);
  if (!owner) return [];
  const helper = `own_${name}_${owner.member}`;
  const body = `\t${call.name}(&owner->${owner.member});${tail}`;
  const text = `static ${type} ${helper}(struct ${owner.type} *owner)\n{\n${body}\n}\n\n`;
  const { from } = subject.in;
  const use = `${type === "void" ? "" : "return "}${helper}(${owner.root});`;
  return [
    [
      { at: from, end: from, text },
      { at: call.at, end: call.end, text: use },
    ],
  ];
}

/** The variable that a lock belongs to, with its type, where both are plain to see. */
function ownerOf({ code, in: each }: Subject, { at, arguments: [lock = "", ...others] }: CallStatement) {
  const [, root, member] = /^&(\w+)->(\w+)$/.exec(lock) ?? [];
  const type = root === undefined ? undefined : typeOf(root, each, code.slice(each.start, at));
  return root === undefined || member === undefined || type === undefined || others.length > 0
    ? undefined
    : { root, member, type };
}

const typeOf = (root: string, { head }: ScannedFunction, body: string): string | undefined =>
  new RegExp(`struct (\\w+) \\*${root}\\b`).exec(head + body)?.[1];

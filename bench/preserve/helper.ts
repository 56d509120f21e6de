import type { Edit } from "../mutate/edit.ts";
import { type CallStatement, callStatements } from "../mutate/scan.ts";
import { releases, type Subject } from "./subject.ts";
import { handed } from "./variables.ts";

const ACQUIRE =
  /^(?:(?:raw_)?spin_lock(?:_irq|_bh)?|mutex_lock|(?:read|write)_lock|down_(?:read|write)|mmap_(?:read|write)_lock|rcu_read_lock|preempt_disable|folio_lock)$/;

/** A release as a function of its own. */
export const unlocking = (subject: Subject): readonly (readonly Edit[])[] =>
  releases(subject).flatMap((call) => extract(subject, call, { name: "own_drop", type: "void" }));

/** The same of an acquisition. */
export const locking = (subject: Subject): readonly (readonly Edit[])[] =>
  callStatements(subject.code, subject.in)
    .filter(({ name }) => ACQUIRE.test(name))
    .flatMap((call) => extract(subject, call, { name: "own_take", type: "void" }));

/** A release with what is returned right behind it: a constant, or a variable. */
export function failing(subject: Subject): readonly (readonly Edit[])[] {
  const { code, in: each } = subject;
  const type = /(?:^|\s)(int|long|bool|ssize_t|vm_fault_t|unsigned long)$/.exec(each.returns)?.[1];
  if (type === undefined) return [];
  return releases(subject).flatMap((call) => {
    const behind = /^\s*return (-?\w+);/.exec(code.slice(call.end, each.end));
    if (!behind) return [];
    const end = call.end + behind[0].length;
    return extract(subject, { ...call, end }, { name: "own_fail", type, returns: behind[1] ?? "" });
  });
}

interface Helper {
  readonly name: string;
  readonly type: string;
  /** What it returns. */
  readonly returns?: string;
}

/** The call goes into a function that is handed the variables in it under their own names. */
function extract(
  subject: Subject,
  call: CallStatement,
  { name, type, returns }: Helper,
): readonly (readonly Edit[])[] {
  const used = [...call.arguments, ...(returns === undefined ? [] : [returns])];
  const variables = handed(subject, used, call.at);
  if (!variables) return [];
  const parameters = variables.map((each) => each.declaration).join(", ") || "void";
  const tail = returns === undefined ? "" : `\treturn ${returns};\n`;
  const body = `\t${call.name}(${call.arguments.join(", ")});\n${tail}`;
  const text = `static ${type} ${name}(${parameters})\n{\n${body}}\n\n`;
  const { from } = subject.in;
  const use = `${name}(${variables.map((each) => each.name).join(", ")});`;
  return [
    [
      { at: from, end: from, text },
      { at: call.at, end: call.end, text: returns === undefined ? use : `return ${use}` },
    ],
  ];
}

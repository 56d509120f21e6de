import { callsIn, splitTop, type Unit } from "../../model/c/source/index.ts";
import { hardTimers, memberRuns, type RunsIn, registrations } from "../../model/kernel/table/registration.ts";

/** A function that the source hands to the kernel to be run. */
export interface Registered {
  readonly name: string;
  readonly in: RunsIn;
  /** What it is run for, as it is registered: `&box->timer`. */
  readonly object?: string;
  /** Offset of the registration. */
  readonly at: number;
}

const CALLS = new RegExp(`\\b(?:${Object.keys(registrations).join("|")})\\s*\\(`);
const MEMBER = /\.(\w+)\s*=\s*&?(\w+)\s*[,}]/g;
const TIMER = /(?<![\w>.-])([\w>.-]+?)(?:->|\.)function\s*=\s*&?(\w+)\s*;/g;

/** The functions that a source registers with the kernel: by calls, by ops structures, by a timer's member. */
export function registeredIn({ text, functions }: Unit): readonly Registered[] {
  const own = new Set(functions.map(({ name }) => name));
  const byCall = CALLS.test(text) ? byCalls(text) : [];
  const byMember = [...text.matchAll(MEMBER)].flatMap(({ 1: member = "", 2: name = "", index: at }) =>
    Object.hasOwn(memberRuns, member) ? [{ name, in: memberRuns[member] ?? "process", at }] : [],
  );
  const isHard = [...hardTimers].some((name) => text.includes(`${name}(`));
  const byTimer = [...text.matchAll(TIMER)].map(({ 1: object = "", 2: name = "", index: at }) => ({
    ...{ name, in: isHard ? ("hard-irq" as const) : ("softirq" as const), at },
    object,
  }));
  return [...byCall, ...byMember, ...byTimer].filter(({ name }) => own.has(name));
}

function byCalls(text: string): readonly Registered[] {
  return callsIn(text).flatMap((call) => {
    const rows = Object.hasOwn(registrations, call.name) ? (registrations[call.name] ?? []) : [];
    const given = splitTop(call.arguments);
    return rows.flatMap(({ runs, object: position, in: where }) => {
      const name = given[runs]?.replace(/^&|^\([^()]*\)/, "") ?? "";
      const object = position === undefined ? undefined : given[position];
      return /^\w+$/.test(name) && name !== "NULL"
        ? [{ name, in: where, at: call.at, ...(object !== undefined && { object }) }]
        : [];
    });
  });
}

import { callsIn, splitTop, type Unit } from "../../model/c/source/index.ts";
import {
  hardTimers,
  memberRuns,
  type RunsIn,
  registrations,
  structMemberRuns,
} from "../../model/kernel/table/registration.ts";

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
/** An object of a structure with its initialiser, or a member that is set in one. */
const INITIALISER = /\bstruct\s+(\w+)\s+\w+(?:\[\w*\])?\s*=\s*\{|\.(\w+)\s*=\s*&?(\w+)\s*[,}]/g;
const TIMER = /(?<![\w>.-])([\w>.-]+?)(?:->|\.)function\s*=\s*&?(\w+)\s*;/g;

/** The functions that a source registers with the kernel: by calls, by ops structures, by a timer's member. */
export function registeredIn({ text, functions }: Unit): readonly Registered[] {
  const own = new Set(functions.map(({ name }) => name));
  return registrationsIn(text).filter(({ name }) => own.has(name));
}

/** Of a text without comments; functions of other files, too. */
export function registrationsIn(text: string): readonly Registered[] {
  const byCall = CALLS.test(text) ? byCalls(text) : [];
  const byMember = byMembers(text);
  const isHard = [...hardTimers].some((name) => text.includes(`${name}(`));
  const byTimer = [...text.matchAll(TIMER)].map(({ 1: object = "", 2: name = "", index: at }) => ({
    ...{ name, in: isHard ? ("hard-irq" as const) : ("softirq" as const), at },
    object,
  }));
  return [...byCall, ...byMember, ...byTimer];
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

function byMembers(text: string): readonly Registered[] {
  const found: Registered[] = [];
  let structure = "";
  for (const { 1: begun, 2: member = "", 3: name = "", index: at } of text.matchAll(INITIALISER)) {
    structure = begun ?? structure;
    const where = memberRuns.get(member) ?? structMemberRuns.get(`${structure}.${member}`);
    if (where) found.push({ name, in: where, at });
  }
  return found;
}

import { gfpArgument } from "../../model/kernel/table/gfp.ts";
import { guards } from "../../model/kernel/table/guard.ts";
import { findPrimitive, primitives } from "../../model/kernel/table/index.ts";
import { SLEEPING_CALLS_SOURCE, sleepingCalls } from "../../model/kernel/table/sleeping-call.ts";
import type { KernelVersion } from "../../model/kernel/version/version.ts";

/** What is believed of a call that the table has no row for in this kernel; undefined where nothing is known of it. */
export function rowlessText(name: string, version: KernelVersion | undefined): string | undefined {
  const told = byArguments(name) ?? listed(name) ?? otherKernel(name, version);
  return told && `${name}\n${told.map((line) => `  ${line}\n`).join("")}`;
}

/** What is said of calls that are not known. */
export const unknownText = (names: readonly string[]): string =>
  `${names.map((name) => name + similar(name)).join(", ")}: not known; a call is taken to leave locks and contexts alone`;

function listed(name: string): readonly string[] | undefined {
  return sleepingCalls.has(name) ? ["sleeps: it may", `on the word of: ${SLEEPING_CALLS_SOURCE}`] : undefined;
}

/** Calls that do what their arguments say. */
function byArguments(name: string): readonly string[] | undefined {
  const flags = Object.hasOwn(gfpArgument, name) ? gfpArgument[name] : undefined;
  if (flags !== undefined) {
    return [
      `sleeps: it may, where argument ${flags + 1} says so by its text: GFP_KERNEL and its like, or __GFP_DIRECT_RECLAIM`,
      "on the word of: include/linux/gfp.h: gfpflags_allow_blocking",
    ];
  }
  if (name !== "guard" && name !== "scoped_guard") return undefined;
  const until = name === "guard" ? "the end of its block" : "the end of the statement behind it";
  return [
    `does what the calls of its class do, until ${until}: ${Object.keys(guards).join(", ")}`,
    "on the word of: include/linux/cleanup.h: guard",
  ];
}

function otherKernel(name: string, version: KernelVersion | undefined): readonly string[] | undefined {
  const row = findPrimitive(name);
  if (!row || version === undefined) return undefined;
  const when = [row.since && `since ${row.since}`, row.until && `until ${row.until}`].filter(Boolean);
  return [
    `not known in kernel ${version} (it is there ${when.join(", ")}): taken to leave locks and contexts alone`,
  ];
}

function similar(name: string): string {
  const near = primitives.filter((row) => isNear(row.name, name)).slice(0, 5);
  return near.length > 0 ? ` (similar: ${near.map((row) => row.name).join(", ")})` : "";
}

/** One letter more, one less or another. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [rest, otherRest] = [one.slice(start), other.slice(start)];
  return [
    rest.slice(1) === otherRest,
    rest === otherRest.slice(1),
    rest.slice(1) === otherRest.slice(1),
  ].some(Boolean);
}

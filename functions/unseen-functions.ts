import type { Unit } from "../model/c/source/index.ts";

/** Names for functions that are called back. */
const NAMED = /_(?:fn|func|function|cb|callback|handler|hook|actor|worker|visitor|iter|cmp)$/;
/** Names of calls that call back, or see to it. */
const CALLING =
  /(?:^|_)(?:(?:un)?register|callback|cb|call|hook|notif\w*|iterate|iter|walk|apply|with|run|invoke|traverse|visit)(?:_|$)/;
/** Variables of the kernel that are given without an address. */
const VARIABLE = /^(?:jiffies\w*|current|init_\w+|nr_\w+|\w+_wq|\w+_cachep?|\w+_mask|true|false)$/;
const DECLARED = /[\w*]\s+\**\s*(\w+)\s*[;,=[)]/g;
const CALLED = /\b([a-z_]\w*)\s*\(/g;

/**
 * Whether what a call is given looks like a function of another file, by a name that the source declares nowhere: it is
 * called elsewhere, its own name says so, or that of the call.
 */
export function unseenFunctions({
  text,
  macros,
  functions,
}: Unit): (name: string, callee: string) => boolean {
  const names = (pattern: RegExp) =>
    new Set([...text.matchAll(pattern)].flatMap(({ 1: name }) => name ?? []));
  let known: { readonly declared: ReadonlySet<string>; readonly called: ReadonlySet<string> } | undefined;
  return (name, callee) => {
    if (!/^[a-z]\w*$/.test(name) || VARIABLE.test(name) || macros.names.has(name)) return false;
    known ??= {
      declared: new Set([...names(DECLARED), ...functions.flatMap(({ parameters }) => parameters)]),
      called: names(CALLED),
    };
    return !known.declared.has(name) && (NAMED.test(name) || known.called.has(name) || CALLING.test(callee));
  };
}

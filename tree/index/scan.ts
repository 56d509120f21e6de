import { blankOpaque, scanFunctions } from "../../model/c/source/index.ts";
import { registrations } from "../../model/kernel/table/registration.ts";
import type { Definition, FileFacts, Handler } from "./facts.ts";
import { namedHead } from "./head.ts";
import { Scanner } from "./scanner.ts";

/** @param text one character a byte, so that offsets are those of the file. */
export function factsOf(path: string, text: string): FileFacts {
  const scanner = new Scanner(text);
  scanner.scan(0, text.length);
  const { definitions } = scanner.blocks;
  return {
    path,
    includes: scanner.includes,
    definitions: scanner.blocks.finish() ? definitions : untangled(text, definitions),
    handlers: [...scanner.handlers, ...handedBy(scanner)],
  };
}

/** Where braces do not balance, or heads stand in arms of an `#if`, what reads in full tells which functions there are. */
function untangled(text: string, found: readonly Definition[]): readonly Definition[] {
  const functions = scanFunctions(blankOpaque(text)).flatMap((each) => {
    const { body = text.slice(each.bodyStart, each.bodyEnd) } = each;
    const scanner = new Scanner(body);
    scanner.blocks.begin(namedHead(each.name, each.headText), each.start, each.bodyStart);
    scanner.scan(1, body.length - 1);
    return scanner.blocks.end(each.bodyEnd);
  });
  const isOther = ({ kind }: Definition) => kind === "macro" || kind === "object-macro";
  return [...found.filter(isOther), ...functions];
}

const registeredBy: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries(registrations).map(([call, rows]) => [call, rows.map(({ runs }) => runs)]),
);

/** Functions of the file that are handed to calls; to a call that registers one, also those of other files. */
function handedBy({ pending, blocks }: Scanner): readonly Handler[] {
  const own = new Set(blocks.declared);
  for (const { kind, name } of blocks.definitions) if (kind === "function") own.add(name);
  const isRegistered = (call: string, argument: number) =>
    registeredBy.get(call)?.includes(argument) ?? false;
  return pending.given.flatMap(({ name, call, argument, at }) =>
    own.has(name) || isRegistered(call, argument)
      ? [{ function: name, place: `${call}/${argument}`, at }]
      : [],
  );
}

import { ofRecent, readUnit, type UnitFunction } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";

/** Who calls whom in a text. */
export interface CallGraph {
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** Functions that no other file can call by name. */
  readonly private: ReadonlySet<string>;
  /** What a function calls; nothing where it is not defined here. */
  calls(name: string): ReadonlySet<string>;
  directCallers(name: string): readonly string[];
  /** The functions that call one of these, or that call a function which does. */
  callersOf(names: ReadonlySet<string>): ReadonlySet<string>;
}

const ofSource = ofRecent(32, (text) => readGraph(text, false));
const ofIncluded = ofRecent(32, (text) => readGraph(text, true));

export const callGraph = (text: string, file: string): CallGraph =>
  file.endsWith(".c") ? ofSource(text) : ofIncluded(text);

function readGraph(text: string, isIncluded: boolean): CallGraph {
  const { functions, text: code } = readUnit(text);
  const isStatic = ({ start, bodyStart }: { start: number; bodyStart: number }) =>
    /\bstatic\b/.test(code.slice(start, bodyStart));
  const callers = callersByName(functions);
  const directCallers = (name: string) => callers().get(name) ?? [];
  const named = new Map<string, Set<string>>();
  for (const { name, calls } of functions) named.set(name, new Set([...(named.get(name) ?? []), ...calls]));
  return {
    parameters: new Map(functions.map(({ name, parameters }) => [name, parameters])),
    private: new Set(functions.filter((each) => !isIncluded && isStatic(each)).map(({ name }) => name)),
    calls: (name) => named.get(name) ?? new Set(),
    directCallers,
    callersOf(names) {
      const reached = new Set(names);
      for (const name of reached) for (const caller of directCallers(name)) reached.add(caller);
      return new Set([...reached].filter((each) => !names.has(each)));
    },
  };
}

/** Made once it is asked for: a file may have very many functions. */
function callersByName(functions: readonly UnitFunction[]): () => ReadonlyMap<string, readonly string[]> {
  let made: Map<string, string[]> | undefined;
  return () => {
    if (made) return made;
    made = new Map();
    for (const { name, calls } of functions) {
      for (const callee of calls) if (callee !== name) add(made, callee, name);
    }
    return made;
  };
}

import { calledNames, readUnit } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";

/** Macros of headers that call one of these functions: what uses them elsewhere is not looked for, each a bound. */
export function calledByMacros(pairs: readonly ImagePair[], changed: ReadonlySet<string>): readonly string[] {
  return pairs.flatMap(({ after }) => {
    if (!after?.file.endsWith(".h")) return [];
    const { macros, lines } = readUnit(after.text);
    const definitions = [...macros.names].flatMap((name) => macros.definitionsOf(name));
    return definitions.flatMap(({ name, body = "", at }) => {
      const alias = /^\s*(\w+)\s*$/.exec(body)?.[1];
      const callee = [...calledNames(body), alias].find((each) => each !== undefined && changed.has(each));
      const place = `${after.file}:${lines.lineAt(at)}`;
      return callee === undefined || callee === name
        ? []
        : [`what ${callee}() does to locks changed: callers by the macro ${name} (${place}) were not judged`];
    });
  });
}

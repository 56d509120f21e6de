import type { Problem } from "../problem.ts";
import type { BackEndName } from "../result.ts";
import { autoBackEnd } from "./auto.ts";
import type { BackEnd } from "./back-end.ts";
import { interpretBackEnd } from "./interpret.ts";
import { packedJsBackEnd } from "./packed-js/packed-js.ts";
import { tableBackEnd } from "./table/table.ts";
import { wasmBackEnd } from "./wasm/wasm.ts";

const BY_NAME: Readonly<Record<Exclude<BackEndName, "auto">, BackEnd>> = {
  interpret: interpretBackEnd,
  table: tableBackEnd,
  "packed-js": packedJsBackEnd,
  wasm: wasmBackEnd,
};

/** The back end asked for, or the one that suits the model. Throws where one asked for cannot run it. */
export function chooseBackEnd(problem: Problem, name: BackEndName = "auto"): BackEnd {
  if (name === "auto") return autoBackEnd;
  const backEnd = BY_NAME[name];
  const reason = backEnd.refuse?.(problem);
  if (reason) throw new Error(`back end '${name}' cannot run model '${problem.model.name}': ${reason}`);
  return backEnd;
}

import type { Surroundings } from "../../model/c/index.ts";
import type { Sleepers } from "../../model/c/knowledge/index.ts";
import { readExcerpt, type Unit, type UnitFunction } from "../../model/c/source/index.ts";
import { atomicCaller } from "../atomic-caller.ts";
import { confirmSleep, type SleepAnswer } from "../sleep-confirmation.ts";

/** Whether a function of a source comes to sleep where it is called in atomic context, with nothing known of its arguments. */
export async function sleepOfHandler(
  each: UnitFunction,
  surroundings: Surroundings,
  sleepers: Sleepers,
  isHandler?: true,
): Promise<SleepAnswer> {
  const { unit, caller } = withCaller(each, surroundings.unit);
  const call = caller?.ownCalls.find(({ name }) => name === each.name);
  if (!caller || !call) return { kind: "unknown" };
  const question = {
    caller,
    callee: each.name,
    at: caller.bodyStart + call.at,
    lock: "",
    given: [],
  } as const;
  return confirmSleep({ ...question, ...(isHandler && { isHandler }) }, { ...surroundings, unit }, sleepers);
}

function withCaller(
  each: UnitFunction,
  unit: Unit,
): { readonly unit: Unit; readonly caller: UnitFunction | undefined } {
  const text = `${unit.text}\n${atomicCaller(each)}`;
  const blank = unit.text.replace(/[^\n]/g, " ");
  const [caller] = readExcerpt(
    text.replace(unit.text, () => blank),
    "",
  ).functions;
  const functions = caller ? [...unit.functions, caller] : unit.functions;
  return { unit: { ...unit, text, functions }, caller };
}

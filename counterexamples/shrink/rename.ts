import { type Model, programsByTask } from "../../model/ir/model.ts";
import type { Script } from "./script.ts";

/** The script told of the first tasks that run the same programs, so that it fits a model with fewer tasks. */
export function withFirstTasks(model: Model, script: Script): Script {
  const programs = programsByTask(model);
  const ids = new Map<number, number>();
  for (const { task } of script.intents) {
    if (ids.has(task)) continue;
    const taken = new Set(ids.values());
    const first = programs.findIndex((name, at) => name === programs[task - 1] && !taken.has(at + 1));
    ids.set(task, first + 1);
  }
  return {
    ...script,
    intents: script.intents.map((each) => ({ ...each, task: ids.get(each.task) ?? each.task })),
  };
}

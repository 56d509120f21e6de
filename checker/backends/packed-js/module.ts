import { compare, connect, numeral } from "../../ground/ground.ts";
import {
  type GroundLocation,
  type GroundProblem,
  type GroundTask,
  maxSuccessors,
} from "../../ground/ground-problem.ts";
import type { Projection } from "../../store/projection.ts";
import { collectCode, type Storage } from "./collect-code.ts";
import { ExpressionWriter } from "./expressions.ts";
import { judgement, range, ruleBlock } from "./rules.ts";

/** Rules in one function, beyond which each location gets its own: engines do not optimise huge functions. */
const RULES_PER_FUNCTION = 60;

/** The JavaScript of a whole back end: what expands states, made for this problem, and what stores them. */
export function moduleText(ground: GroundProblem, storage: Storage, projection?: Projection): string {
  const { words } = ground.problem.layout;
  const writer = new ExpressionWriter(ground.slots);
  return [
    '"use strict";',
    collectCode(words, maxSuccessors(ground), projection),
    storage.code(words),
    ...ground.tasks.map((task) => taskFunctions(task, words, writer)),
    expandFunction(ground, words, storage, writer),
    "return { expandRange, currentState: () => current };",
  ].join("\n");
}

function taskFunctions(task: GroundTask, words: number, writer: ExpressionWriter): string {
  const size = task.locations.reduce((sum, { rules, checks }) => sum + rules.length + checks.length, 0);
  const separate = size > RULES_PER_FUNCTION;
  const parameters = wordList(words);
  const outer: string[] = [];
  const cases = task.locations.flatMap((location, position) => {
    if (location.rules.length + location.checks.length === 0) return [];
    const body = locationBody(location, position, words, writer);
    if (!separate) return [`case ${position}: {\n${body}\nbreak;\n}`];
    outer.push(`function task${task.task}at${position}(${parameters}) {\n${body}\n}`);
    return [`case ${position}: task${task.task}at${position}(${parameters}); break;`];
  });
  const location = writer.value({ kind: "slot", slot: task.location });
  const dispatch = `switch (${location}) {\n${cases.join("\n")}\n}`;
  return `${outer.join("\n")}\nfunction task${task.task}(${parameters}) {\n${dispatch}\n}`;
}

function locationBody(
  { rules, checks }: GroundLocation,
  position: number,
  words: number,
  writer: ExpressionWriter,
): string {
  const judged = checks.map((each) => judgement(each, writer));
  const temporaries = writer.declareTemporaries();
  return [temporaries, ...judged, ...rules.map((rule) => ruleBlock(rule, position, words, writer))].join(
    "\n",
  );
}

function expandFunction(
  ground: GroundProblem,
  words: number,
  storage: Storage,
  writer: ExpressionWriter,
): string {
  const judged = ground.stateChecks.map((each) => judgement(each, writer));
  const temporaries = writer.declareTemporaries();
  const load = range(words).map((word) => `const w${word} = ${storage.load(word, words)};`);
  const deadlock = ground.deadlockChecks.length > 0 ? deadlockJudgement(ground, writer) : "";
  return `function expandState(state) {
    ${load.join(" ")}
    ${temporaries}
    current = state; halted = false;
    const before = taken;
    ${judged.join("\n")}
    ${ground.tasks.map(({ task }) => `task${task}(${wordList(words)});`).join(" ")}
    ${deadlock}
  }`;
}

function deadlockJudgement({ tasks, deadlockChecks }: GroundProblem, writer: ExpressionWriter): string {
  const ended = tasks.map(({ location, locations }) => {
    const ends = locations.flatMap(({ end }, position) => (end ? [position] : []));
    const at = ends.map((end) => compare("equal", { kind: "slot", slot: location }, numeral(end)));
    return writer.condition(connect("or", at));
  });
  const report = deadlockChecks.map((check) => `seen(${check});`).join(" ");
  return `if (taken === before && !halted && !(${ended.join(" && ")})) { ${report} }`;
}

export function wordList(words: number): string {
  return range(words)
    .map((word) => `w${word}`)
    .join(", ");
}

import { join } from "node:path";
import { RUN_AS, runsAtomic } from "../../functions/across/atomic-context.ts";
import { registrationsIn } from "../../functions/across/registered.ts";
import { checkSource } from "../../functions/check.ts";
import { Elsewhere } from "../../functions/elsewhere.ts";
import { flagWrappersIn } from "../../functions/flag-wrappers.ts";
import { InTree } from "../../functions/in-tree.ts";
import { textOfChain } from "../../functions/sleep-message.ts";
import { sleepersOf } from "../../functions/sleepers.ts";
import type { Knowledge } from "../../model/c/knowledge/index.ts";
import { readUnit, type Unit, type UnitFunction } from "../../model/c/source/index.ts";
import { assertionRows } from "../../model/kernel/table/assertion.ts";
import type { Located, LocatedHandler } from "../../tree/index/segment.ts";
import type { TreeIndex } from "../../tree/index/tree-index.ts";
import type { NearFile } from "../../tree/near-files.ts";
import { NearbyFiles } from "../../tree/nearby.ts";
import { effectText } from "./believed.ts";

/** Definitions, callers and registrations that are told; of more, the number. */
const MOST = 5;

/** Tells what functions of a tree do, by their bodies and what these call anywhere in it. */
export class TreeFunctions {
  readonly #index: TreeIndex;
  readonly #root: string;
  readonly #files: NearbyFiles;
  readonly #elsewhere: Elsewhere;

  /** @param root where the tree is. */
  constructor(index: TreeIndex, root: string, known: Knowledge) {
    this.#index = index;
    this.#root = root;
    this.#files = new NearbyFiles(root, []);
    const inTree = new InTree(index, root, this.#files, known);
    this.#elsewhere = new Elsewhere(this.#files, known, async () => inTree);
  }

  /** Undefined where the tree defines no function of this name. */
  async textOf(name: string): Promise<string | undefined> {
    const found = this.#index.definitions(name).filter(({ kind }) => kind === "function" || kind === "macro");
    if (found.length === 0) return undefined;
    const told: string[] = [];
    for (const each of found.slice(0, MOST)) told.push(await this.#definition(each));
    const lines = [
      ...(found.length > MOST ? [`${found.length - MOST} more definitions`] : []),
      ...this.#contexts(name),
      ...this.#callers(name),
    ];
    return told.join("") + lines.map((line) => `  ${line}\n`).join("");
  }

  async #definition({ path, name, isStatic, condition, kind, from }: Located): Promise<string> {
    const file = this.#files.fileAt(join(this.#root, path));
    const line = file ? file.text.slice(0, from).split("\n").length : 0;
    const where = `defined at ${path}:${line}${isStatic ? ", static" : ""}${condition && `, where ${condition}`}`;
    const said = file && kind === "function" ? await this.#bodyText(name, file) : `${name}\n`;
    const [head = "", ...rest] = said.split("\n");
    return [head, `  ${where}`, ...rest].join("\n");
  }

  async #bodyText(name: string, file: NearFile): Promise<string> {
    const unit = readUnit(file.text);
    const each = unit.functions.find((one) => one.name === name);
    const informed = await this.#elsewhere.about(file, [name], [...(each?.calls ?? [])]);
    const { headers, knowledge } = informed;
    const { effects } = await checkSource(
      { file: file.name, text: file.text },
      { headers, knowledge, functions: [name] },
    );
    const effect = effects?.get(name);
    const base = effect
      ? effectText(effect).replace(/^ {2}sleeps: .*\n/m, "")
      : `${name}\n  leaves its callers' locks and contexts as they are, on the word of: its own body\n`;
    const needs = each
      ? needsOf(each)
          .map((need) => `  needs: ${need}\n`)
          .join("")
      : "";
    return `${base}${needs}  ${sleepText(name, unit, knowledge)}\n`;
  }

  /** Where the kernel is told to run it. */
  #contexts(name: string): readonly string[] {
    // Its export tells nothing of who runs it.
    const handlers = this.#index.handlersOf(name).filter(({ place }) => !place.startsWith("EXPORT_"));
    const told = handlers.slice(0, MOST).map((each) => this.#context(name, each));
    return [...told, ...more(handlers, "more places where it is handed on")];
  }

  #context(name: string, { path, place, at }: LocatedHandler): string {
    const file = this.#files.fileAt(join(this.#root, path));
    const { text, lines } = readUnit(file?.text ?? "");
    const found = registrationsIn(text).find((each) => each.name === name);
    const [call, position] = place.split("/");
    const how = position === undefined ? `as ${place}` : `to ${call}()`;
    const line = file ? Buffer.from(file.text).subarray(0, at).toString().split("\n").length : 0;
    const known =
      found === undefined
        ? ""
        : runsAtomic(found.in)
          ? `, which runs it ${RUN_AS[found.in]}`
          : ", which runs it in process context";
    return `handed on ${how} at ${path}:${found ? lines.lineAt(found.at) : line}${known}`;
  }

  #callers(name: string): readonly string[] {
    const callers = this.#index.callers(name);
    const told = callers.slice(0, MOST).map((each) => `${each.name}() of ${each.path}`);
    const left = callers.length - told.length;
    if (told.length === 0) return [];
    return [`called by: ${told.join(", ")}${left > 0 ? ` and ${left} more` : ""}`];
  }
}

const more = (all: readonly unknown[], what: string): readonly string[] =>
  all.length > MOST ? [`${all.length - MOST} ${what}`] : [];

const ASSERTIONS: ReadonlySet<string> = new Set(assertionRows.map((each) => each.name));

/** What it asserts and is annotated to come with, as it is written. */
const needsOf = ({ annotations, ownCalls }: UnitFunction): readonly string[] => [
  ...annotations.flatMap(({ kind, lock }) =>
    kind === "must_hold" ? [`${lock} held, by its annotation`] : [],
  ),
  ...ownCalls.flatMap(({ name, arguments: given }) => (ASSERTIONS.has(name) ? [`${name}(${given})`] : [])),
];

function sleepText(name: string, unit: Unit, known: Knowledge): string {
  const [first, ...rest] = sleepersOf(unit, known, "constant").get(name) ?? [];
  if (first) return `sleeps: it may, by ${textOfChain(first.callee, rest)}, from line ${first.line}`;
  const wrapper = flagWrappersIn(unit, known).get(name);
  return wrapper ? `sleeps: it may, where argument ${wrapper.position + 1} allows it` : "sleeps: no";
}

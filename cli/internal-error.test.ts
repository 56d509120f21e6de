import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { plantInWorkers } from "../checker/testing/faulty-workers.ts";
import { doubleUnlock } from "../properties/double-unlock.ts";
import { ptlHeld } from "../properties/ptl-held.ts";
import { diffOf, makeTree, writeFiles } from "../tree/testing/tree.ts";
import { runCli } from "./testing/run-cli.ts";

const planted = vi.hoisted(() => ({ in: "" }));

/** What does as it did, and throws once an error is planted in it. */
const faulty = vi.hoisted(
  () =>
    <Args extends readonly unknown[], Result>(name: string, work: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (planted.in === name) throw new TypeError(`planted in ${name}`);
      return work(...args);
    },
);

vi.mock("../model/c/program/translate.ts", async (load) => {
  const { translate } = await load<typeof import("../model/c/program/translate.ts")>();
  return { translate: faulty("translate", translate) };
});
vi.mock("../functions/probe/walk.ts", async (load) => {
  const { walk } = await load<typeof import("../functions/probe/walk.ts")>();
  return { walk: faulty("probe", walk) };
});
vi.mock("../reports/json.ts", async (load) => {
  const all = await load<typeof import("../reports/json.ts")>();
  return {
    checkJson: faulty("format", all.checkJson),
    gateJson: faulty("format", all.gateJson),
    exploreJson: faulty("format", all.exploreJson),
  };
});

beforeEach(() => {
  vi.stubEnv("HOLDFAST_CACHE", "");
});

afterEach(() => {
  planted.in = "";
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const BROKEN = `void box_walk(struct list_head *boxes)
{
	struct box *box;

	list_for_each_entry(box, boxes, link) {
		spin_lock(&box->lock);
		box->n++;
	}
}
`;
const SOUND = BROKEN.replace("n++;\n", "n++;\n\t\tspin_unlock(&box->lock);\n");

const WORDS: Readonly<Record<string, (root: string) => readonly string[]>> = {
  check: (root) => ["check", join(root, "box.c")],
  gate: (root) => ["gate", join(root, "box.patch"), "--tree", root],
  explore: () => ["explore", "ptl-protocol"],
};

function run(command: string, ...words: readonly string[]) {
  const root = makeTree({ "box.c": SOUND });
  writeFiles(root, { "box.patch": diffOf({ "box.c": SOUND }, { "box.c": BROKEN }) });
  return runCli(...(WORDS[command]?.(root) ?? []), "--json", ...words);
}

const isInternal = (message: string) => ({
  code: 2,
  out: "",
  err: expect.stringMatching(
    new RegExp(`^internal error, please report: (?:Type)?Error: ${message}.*\n +at `),
  ),
});

test("without an error planted, all come to their verdicts", async () => {
  const codes = [await run("check"), await run("gate"), await run("explore")].map(({ code }) => code);
  expect(codes).toEqual([0, 1, 0]);
});

test.each([
  ["translate", "check"],
  ["translate", "gate"],
  ["probe", "gate"],
  ["format", "check"],
  ["format", "gate"],
  ["format", "explore"],
])("a TypeError in %s of `%s` is an internal error, and no verdict", async (place, command) => {
  planted.in = place;
  expect(await run(command)).toEqual(isInternal(`planted in ${place}`));
});

test.each([
  ["check", doubleUnlock],
  ["gate", doubleUnlock],
  ["explore", ptlHeld],
])("a TypeError in a property of `%s` is an internal error, and no verdict", async (command, property) => {
  vi.spyOn(property, "watch").mockImplementation(() => {
    throw new TypeError("planted in a property");
  });
  const scenario = command === "explore" ? ["--property", "ptl-held"] : [];
  expect(await run(command, ...scenario)).toEqual(isInternal("planted in a property"));
});

test("a TypeError in a worker is an internal error, and no verdict", async () => {
  plantInWorkers("undefined.planted;", "module[works[");
  const size = ["--tasks", "3", "--ptes", "2", "--folios", "2"];
  const how = ["--no-reduce", "--back-end", "wasm", "--workers", "2"];
  expect(await run("explore", ...size, ...how)).toEqual(isInternal("in a worker: TypeError"));
});

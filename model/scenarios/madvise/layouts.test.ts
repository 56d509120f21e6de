import { expect, test } from "vitest";
import type { State, Values } from "../../../checker/interpret/state.ts";
import { explore } from "../../../checker/search/explore.ts";
import { simulate } from "../../../testing/madvise-simulation.ts";
import { allRuns, worlds } from "../../../testing/madvise-worlds.ts";
import { buildMadvise } from "./index.ts";

const PTES = 2;
const FOLIOS = 2;
const BATCH = 2;
const MAPS = ["unseen", "none", "swap", "zero page", "small", "large", "split"];
const EXTENT = ["unseen", "mapped", "partly", "whole", "gone"];

test("the layouts that runs end with are those of every concrete layout run by hand", () => {
  const { model } = buildMadvise({
    version: "reclaim-2026",
    parameters: { ptes: PTES, folios: FOLIOS, batch: BATCH },
  });
  const reached = new Set<string>();
  explore(model, (state) => {
    if (state.tasks[0]?.location === "end") reached.add(text(layoutOf(state)));
  });
  const simulated = worlds(PTES, FOLIOS).flatMap((world) =>
    allRuns((draw) => text(simulate(world, BATCH, draw))),
  );
  expect(reached.size).toBeGreaterThan(1000);
  expect([...reached].sort()).toEqual([...new Set(simulated)].sort());
});

const text = (layout: ReadonlyMap<string, string>) =>
  [...layout]
    .map(([name, answer]) => `${name}: ${answer}`)
    .sort()
    .join(", ");

/** What a state says of the world, in the simulation's words. */
function layoutOf({ shared, tasks }: State): ReadonlyMap<string, string> {
  const own = tasks[0]?.variables ?? {};
  const folioName = (at: number) => (at < FOLIOS ? `large ${at + 1}` : `small ${at - FOLIOS}`);
  const pteKinds = list(shared, "pte.maps").map((kind, at) => {
    const shown = MAPS[kind] === "large" ? `large ${list(shared, "pte.folio")[at]}` : (MAPS[kind] ?? "");
    return [`pte ${at}`, shown] as const;
  });
  const attributes = ["shared", "anonymous", "locked", "lru", "unevictable"].flatMap((name) =>
    list(shared, `folio.${name}`).map((seen, at) => [`${name} ${folioName(at)}`, answer(seen)] as const),
  );
  const found = [
    ...pteKinds,
    ...attributes,
    ...["continues", "young"].flatMap((name) =>
      list(shared, `pte.${name}`).map((seen, at) => [`${name} ${at}`, answer(seen)] as const),
    ),
    ...list(shared, "folio.extent").map((each, at) => [`extent ${at + 1}`, EXTENT[each] ?? ""] as const),
    ...Object.entries({ pageout: "pageout", filter: "pageout_anon_only_filter" }).map(
      ([name, variable]) => [name, answer(Number(own[variable]))] as const,
    ),
  ];
  return new Map(found.filter(([, shown]) => shown !== "unseen"));
}

const answer = (seen: number): string => ["unseen", "no", "yes"][seen] ?? "";

function list(values: Values, name: string): readonly number[] {
  const value = values[name];
  if (typeof value !== "object") throw new Error(`'${name}' is no array`);
  return value;
}

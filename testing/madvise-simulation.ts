import type { World } from "./madvise-worlds.ts";

/** What a run has read: a fact's name and its answer, as the run left it. */
export type Layout = ReadonlyMap<string, string>;

type Draw = (ways: number) => number;

/**
 * Runs the current madvise_cold_or_pageout_pte_range on a world, written straight down: no model, no
 * properties. `draw` answers what the world does not fix. Returns what was read of the world.
 */
export function simulate(world: World, batch: number, draw: Draw): Layout {
  const ptes = world.ptes.map((each) => ({ ...each, kind: each.kind as string }));
  const read = new Map<string, string>();
  const inherited = new Set<string>();
  const note = (name: string, answer: boolean) => {
    read.set(name, answer ? "yes" : "no");
    return answer;
  };
  const fact = (name: string): boolean => {
    const known = read.get(name);
    return known ? known === "yes" : note(name, inherited.has(name) || draw(2) === 1);
  };
  const filtered = (): boolean => {
    if (read.get("pageout") === "no") return note("filter", false);
    return fact("filter") && note("pageout", true);
  };
  const look = (at: number) => {
    const pte = ptes[at];
    if (pte?.kind === "split") pte.kind = draw(2) ? "zero page" : "small";
    read.set(`pte ${at}`, pte?.kind ?? "");
    if (pte?.folio) read.set(`pte ${at}`, `large ${pte.folio}`);
    if (pte?.folio && !read.has(`extent ${pte.folio}`)) read.set(`extent ${pte.folio}`, "mapped");
    return pte;
  };
  const unmap = (folio: number, splits: boolean) => {
    const anonymous = fact(`anonymous large ${folio}`);
    if (anonymous && !splits) return;
    read.set(`extent ${folio}`, "gone");
    ptes.forEach((pte, at) => {
      if (pte.folio !== folio) return;
      ptes[at] = { ...pte, folio: 0, kind: anonymous ? "split" : "none" };
      if (anonymous) inherited.add(`anonymous small ${at}`);
      if (!read.has(`pte ${at}`)) return;
      read.set(`pte ${at}`, anonymous ? "split" : "none");
      if (anonymous) fact(`anonymous small ${at}`);
    });
  };

  let position = 0;
  let sinceBatch = 0;
  const tableIsGone = () => draw(2) === 1;
  /** Counts the batch and lists which entries are young; like the kernel's, it stops at the first other pte. */
  const countBatch = (): { nr: number; anyYoung: boolean } => {
    let nr = 1;
    let anyYoung = false;
    for (; position + nr < ptes.length; nr++) {
      const next = position + nr;
      if (!note(`continues ${next}`, ptes[next]?.continues ?? false)) break;
      look(next);
      if (fact(`young ${next}`)) anyYoung = true;
    }
    return { nr, anyYoung };
  };
  /** Returns by how many ptes the loop goes on, or undefined where it ends. */
  const split = (folio: number, nr: number): number | undefined => {
    if (fact(`shared large ${folio}`)) return nr;
    if (filtered() && !fact(`anonymous large ${folio}`)) return nr;
    if (fact(`locked large ${folio}`)) return nr;
    const outcome = draw(3);
    if (outcome === 0) unmap(folio, true);
    if (outcome === 1) unmap(folio, false);
    if (tableIsGone()) return undefined;
    return outcome === 0 ? 0 : nr;
  };
  const use = (name: string, nr: number, anyYoung: boolean): void => {
    if (!fact(`lru ${name}`) || fact(`shared ${name}`)) return;
    if (filtered() && !fact(`anonymous ${name}`)) return;
    if (!fact("pageout")) {
      if (!anyYoung && !fact(`young ${position}`)) return;
      for (let at = position; at < position + nr; at++) note(`young ${at}`, false);
    } else if (draw(2)) {
      fact(`unevictable ${name}`);
    }
  };
  const visit = (): number | undefined => {
    const pte = look(position);
    if (pte?.kind === "small") use(`small ${position}`, 1, false);
    if (!pte?.folio) return 1;
    const { nr, anyYoung } = countBatch();
    const partly = nr < (world.pages[pte.folio - 1] ?? 0);
    read.set(`extent ${pte.folio}`, partly ? "partly" : "whole");
    if (partly) return split(pte.folio, nr);
    use(`large ${pte.folio}`, nr, anyYoung);
    return nr;
  };

  restart: while (!tableIsGone()) {
    while (position < ptes.length) {
      if (++sinceBatch === batch) {
        sinceBatch = 0;
        if (draw(2)) continue restart;
      }
      const step = visit();
      if (step === undefined) break;
      position += step;
    }
    break;
  }
  fact("pageout");
  return read;
}

import type { World } from "./madvise-worlds.ts";

/** What a run has read: a fact's name and its answer, as the run left it. */
export type Layout = ReadonlyMap<string, string>;

interface Run {
  readonly world: World;
  readonly ptes: { kind: string; folio: number }[];
  readonly read: Map<string, string>;
  /** Facts that a split settled, whether or not code has read them. */
  readonly settled: Set<string>;
  readonly draw: (ways: number) => number;
  position: number;
}

interface Taken {
  readonly nr: number;
  readonly anyYoung: boolean;
}

/**
 * Runs the current madvise_cold_or_pageout_pte_range on a world, written straight down: no model, no
 * properties. `draw` answers what the world does not fix. Returns what was read of the world.
 */
export function simulate(world: World, batch: number, draw: Run["draw"]): Layout {
  const ptes = world.ptes.map(({ kind, folio }) => ({ kind: String(kind), folio }));
  const run: Run = { world, ptes, read: new Map(), settled: new Set(), draw, position: 0 };
  let sinceBatch = 0;
  restart: while (!tableIsGone(run)) {
    while (run.position < ptes.length) {
      if (++sinceBatch === batch) {
        sinceBatch = 0;
        if (draw(2)) continue restart;
      }
      const step = visit(run);
      if (step === undefined) break;
      run.position += step;
    }
    break;
  }
  fact(run, "pageout");
  return run.read;
}

const tableIsGone = ({ draw }: Run): boolean => draw(2) === 1;

function note({ read }: Run, name: string, answer: boolean): boolean {
  read.set(name, answer ? "yes" : "no");
  return answer;
}

function fact(run: Run, name: string): boolean {
  const known = run.read.get(name);
  return known ? known === "yes" : note(run, name, run.settled.has(name) || run.draw(2) === 1);
}

/** Only pageout has the filter. */
function filtered(run: Run): boolean {
  if (run.read.get("pageout") === "no") return note(run, "filter", false);
  return fact(run, "filter") && note(run, "pageout", true);
}

function look({ ptes, read, draw }: Run, at: number): Run["ptes"][number] {
  const pte = ptes[at];
  if (!pte) throw new Error(`no pte ${at}`);
  if (pte.kind === "split") pte.kind = draw(2) ? "zero page" : "small";
  read.set(`pte ${at}`, pte.folio ? `large ${pte.folio}` : pte.kind);
  if (pte.folio && !read.has(`extent ${pte.folio}`)) read.set(`extent ${pte.folio}`, "mapped");
  return pte;
}

/** Returns by how many ptes the loop goes on, or undefined where it ends. */
function visit(run: Run): number | undefined {
  const { kind, folio } = look(run, run.position);
  if (kind === "small") use(run, `small ${run.position}`, { nr: 1, anyYoung: false });
  if (!folio) return 1;
  const taken = countBatch(run);
  const partly = taken.nr < (run.world.pages[folio - 1] ?? 0);
  run.read.set(`extent ${folio}`, partly ? "partly" : "whole");
  if (partly) return split(run, folio, taken.nr);
  use(run, `large ${folio}`, taken);
  return taken.nr;
}

function countBatch(run: Run): Taken {
  let nr = 1;
  let anyYoung = false;
  for (; run.position + nr < run.ptes.length; nr++) {
    const next = run.position + nr;
    if (!note(run, `continues ${next}`, run.world.ptes[next]?.continues ?? false)) break;
    look(run, next);
    if (fact(run, `young ${next}`)) anyYoung = true;
  }
  return { nr, anyYoung };
}

function split(run: Run, folio: number, nr: number): number | undefined {
  if (fact(run, `shared large ${folio}`)) return nr;
  if (filtered(run) && !fact(run, `anonymous large ${folio}`)) return nr;
  if (fact(run, `locked large ${folio}`)) return nr;
  const outcome = (["succeeds", "fails late", "fails"] as const)[run.draw(3)];
  if (outcome !== "fails") remap(run, folio, outcome === "succeeds");
  if (tableIsGone(run)) return undefined;
  return outcome === "succeeds" ? 0 : nr;
}

/** Anonymous ptes are restored, to small folios or the zero page where the split succeeded; a file's are gone. */
function remap(run: Run, folio: number, succeeded: boolean): void {
  const anonymous = fact(run, `anonymous large ${folio}`);
  if (anonymous && !succeeded) return;
  run.read.set(`extent ${folio}`, "gone");
  const kind = anonymous ? "split" : "none";
  run.ptes.forEach((pte, at) => {
    if (pte.folio !== folio) return;
    run.ptes[at] = { folio: 0, kind };
    if (anonymous) run.settled.add(`anonymous small ${at}`);
    if (!run.read.has(`pte ${at}`)) return;
    run.read.set(`pte ${at}`, kind);
    if (anonymous) fact(run, `anonymous small ${at}`);
  });
}

function use(run: Run, name: string, { nr, anyYoung }: Taken): void {
  if (!fact(run, `lru ${name}`) || fact(run, `shared ${name}`)) return;
  if (filtered(run) && !fact(run, `anonymous ${name}`)) return;
  if (fact(run, "pageout")) {
    if (run.draw(2)) fact(run, `unevictable ${name}`);
    return;
  }
  if (!anyYoung && !fact(run, `young ${run.position}`)) return;
  for (let at = run.position; at < run.position + nr; at++) note(run, `young ${at}`, false);
}

import type { Break } from "./break.ts";
import type { Compared, Outcome } from "./compare.ts";
import { CALLEE_KINDS, isFar } from "./pair.ts";
import type { Site } from "./site.ts";

export interface JudgedSite {
  readonly site: Site;
  readonly compared: Compared;
}

const OUTCOMES: readonly Outcome[] = ["same", "summary misses", "extra", "unknown", "no oracle"];

const BROKEN: readonly { readonly words: string; readonly isSo: (mistake: Break | undefined) => boolean }[] =
  [
    { words: "", isSo: (mistake) => mistake === undefined },
    { words: ", broken by itself", isSo: (mistake) => mistake?.together === false },
    { words: ", broken together", isSo: (mistake) => mistake?.together === true },
  ];

/** Figures in Markdown: a row for each kind of callee, near and far, broken and as it stands. */
export function inlineTable(judged: readonly JudgedSite[]): string {
  const rows = CALLEE_KINDS.flatMap((kind) =>
    [false, true].flatMap((far) =>
      BROKEN.map(({ words, isSo }) => {
        const those = judged.filter(
          ({ site: { pair, mistake } }) => pair.kind === kind && isFar(pair) === far && isSo(mistake),
        );
        return row(`${kind}, ${far ? "another file" : "same file"}${words}`, those);
      }),
    ),
  );
  const head = ["callee", "sites", "with findings", ...OUTCOMES];
  return [head, head.map(() => "---"), ...rows, row("all", judged)]
    .map((each) => `| ${each.join(" | ")} |`)
    .join("\n");
}

function row(name: string, those: readonly JudgedSite[]): readonly string[] {
  const counts = OUTCOMES.map((each) => those.filter(({ compared }) => compared.outcome === each).length);
  const found = those.filter(({ compared }) => compared.found > 0).length;
  const share = (count: number) =>
    name === "all" && those.length > 0 ? ` (${((100 * count) / those.length).toFixed(1)} %)` : "";
  return [name, String(those.length), String(found), ...counts.map((each) => `${each}${share(each)}`)];
}

/** A line for each site of an outcome. */
export function linesOf(judged: readonly JudgedSite[], outcome: Outcome): readonly string[] {
  return judged.flatMap(({ site: { pair, mistake }, compared }) => {
    if (compared.outcome !== outcome) return [];
    const { caller, callee } = pair;
    const where = isFar(pair) ? ` of ${callee.source.file}` : "";
    const about = { "summary misses": compared.missed, extra: compared.extra, unknown: compared.named }[
      outcome as string
    ];
    return [
      `${outcome}: ${caller.source.file}: ${caller.name}() calls ${callee.name}()${where} [${pair.kind}; ${mistake?.name ?? "as it stands"}]: ${(about ?? []).join(", ")}`,
    ];
  });
}

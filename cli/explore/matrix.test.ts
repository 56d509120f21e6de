import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";

/** As history judged the versions; columns as the design names them. */
const MATRIX = `
version       | failed-split-continues | ptl-held | rcu-balanced, preempt-balanced, no-sleep-in-atomic | lazy-mmu-balanced | tlb-flushed-after-relock | isolated-folios-reclaimed
base          | F  | ok | ok | ok | F  | F
v5            | ok | F  | F  | F  | F  | F
reply-literal | ok | ok | ok | F  | F  | F
v7            | ok | ok | ok | ok | F  | F
flush-2025    | ok | ok | ok | ok | ok | F
reclaim-2026  | ok | ok | ok | ok | ok | ok
`;

const cells = (line: string): readonly string[] => line.split("|").map((cell) => cell.trim());

test("explore --all prints the property matrix and what else fails", async () => {
  const { code, out, err } = await runCli("explore", "--all");
  const [title = "", , head = "", , ...lines] = out.split("\n");
  const printed = lines.slice(0, 6).map((line) => cells(line).slice(1, -1));
  const [names, ...rows] = MATRIX.trim().split("\n").map(cells);
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(title).toMatch(
    /^madvise: F = violated, ok = holds, for ptes = \d, folios = \d, batch = \d \(\d+ states/,
  );
  expect(cells(head).slice(1, -1)).toEqual(names);
  expect(printed.map(([version = "", ...verdicts]) => [version.split(":")[0], ...verdicts])).toEqual(rows);
  expect(lines.slice(6).join("\n")).toMatch(
    /^\nThe \d+ other properties \(.*\) hold in every version, but for: pte-mapped in v5 \(violated\)\.\n$/,
  );
});

test("a bound leaves its mark in the cells that it leaves open", async () => {
  const { code, out } = await runCli("explore", "--all", "--max-states", "100");
  expect(code).toBe(3);
  expect(out).toContain("| ok? ");
  expect(out).toContain("ok? = holds as far as was searched");
});

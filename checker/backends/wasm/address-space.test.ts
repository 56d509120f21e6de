import { expect, test } from "vitest";
import { threadsWithRoom } from "./address-space.ts";

const GIBIBYTE = 2 ** 30;

test.each([
  ["no limit", "Max address space         unlimited            unlimited            bytes", 8],
  ["room for all", `Max address space         ${20 * GIBIBYTE}  unlimited  bytes`, 8],
  ["room for some", `Max address space         ${8 * GIBIBYTE}  unlimited  bytes`, 4],
  ["room for none", `Max address space         ${2 * GIBIBYTE}  unlimited  bytes`, 0],
  ["less than is used", `Max address space         ${GIBIBYTE / 2}  unlimited  bytes`, 0],
  ["no system that tells", "", 8],
])("with %s", (_, limits, threads) => {
  const used = `${GIBIBYTE / 4_096} 100 100 1 0 100 0\n`;
  const read = (path: string) => (path.endsWith("limits") ? `Limit  Soft Limit\n${limits}\n` : used);
  expect(threadsWithRoom(8, read)).toBe(threads);
});

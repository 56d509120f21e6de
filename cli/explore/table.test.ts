import { expect, test } from "vitest";
import { table } from "./table.ts";

test("columns are as wide as their widest cell", () => {
  expect(table([["name", "x"], ["a", "long"], ["b"]])).toEqual([
    "| name | x    |",
    "| ---- | ---- |",
    "| a    | long |",
    "| b    |      |",
  ]);
});

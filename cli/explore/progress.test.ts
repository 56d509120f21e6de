import { expect, test } from "vitest";
import type { Terminal } from "../terminal.ts";
import { progressLine } from "./progress.ts";

function terminal(showsProgress: boolean) {
  const said: string[] = [];
  const it: Terminal = {
    out: () => {
      throw new Error("progress is no result");
    },
    err: (text) => void said.push(text),
    showsProgress,
  };
  return { said, it };
}

test("on a terminal one line is overwritten, and cleared at the end", () => {
  const { said, it } = terminal(true);
  const { show, clear } = progressLine(it);
  show?.({ states: 5000, frontier: 40, depth: 7, elapsed: 2 });
  clear();
  expect(said).toEqual(["\r\u001b[K5000 states, 2500/s, 40 to expand, depth 7", "\r\u001b[K"]);
});

test("elsewhere nothing is said", () => {
  const { said, it } = terminal(false);
  const { show, clear } = progressLine(it);
  clear();
  expect({ show, said }).toEqual({ show: undefined, said: [] });
});

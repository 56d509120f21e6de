import { expect, test } from "vitest";
import { Undecided } from "../model/undecided.ts";
import type { CommandRow } from "./command.ts";
import { dispatch } from "./dispatch.ts";

const throwing = (name: string, summary: string, error: Error): CommandRow => ({
  name,
  summary,
  load: async () => ({
    configure: (command) => command,
    run: async () => {
      throw error;
    },
  }),
});

const broken = throwing("break", "fails for a reason of its own", new TypeError("it is not there"));
const open = throwing("wait", "comes to no end", new Undecided("git x\u001b[2J took longer than 600 s"));

async function say(...args: readonly string[]) {
  const said = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
    showsProgress: false,
  };
  const code = await dispatch(args, [broken, open], "1.2.3", terminal);
  return { code, ...said };
}

test("an error of our own is never taken for a verdict", async () => {
  const { code, out, err } = await say("break");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("internal error, please report: TypeError: it is not there");
});

test("what cannot be decided is one line, and a bound", async () => {
  const { code, out, err } = await say("wait");
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(err).toBe("undecided: git x\\x1b[2J took longer than 600 s\n");
});

test("help and version go to stdout, with code 0", async () => {
  expect(await say("--version")).toEqual({ code: 0, out: "1.2.3\n", err: "" });
  expect((await say("--help")).out).toContain("break           fails for a reason of its own");
  expect((await say("break", "--help")).code).toBe(0);
});

test("without a command the usage goes to stderr, with code 2", async () => {
  const { code, out, err } = await say();
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("Usage: holdfast");
});

test.each([
  ["a command", ["x\n::error::owned\u001b[31m"]],
  ["an option", ["break", "--x\n::error::owned\u001b[31m"]],
])("%s of somebody else's naming acts in no log and no terminal", async (_, args) => {
  const { code, err } = await say(...args);
  expect(code).toBe(2);
  expect(err).toContain("\n\\::error::owned\\x1b[31m");
  expect(err).not.toMatch(/^::/m);
});

import { chmodSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { Undecided } from "../../model/undecided.ts";
import { commitAll, makeTree, runGit } from "../testing/tree.ts";
import { diffFolders, listCommits } from "./calls.ts";
import { openRepository } from "./repository.ts";
import { git, gitOutside, outputOf } from "./run.ts";

test("where git takes too long, nothing is decided, and the call is named", () => {
  const root = makeTree({ "a.c": "int a;\n" });
  runGit(root, "init", "-q");
  commitAll(root, "first");
  const repository = openRepository(root);
  if (!repository) throw new Error("no repository");
  const programs = makeTree({ git: "#!/bin/sh\nexec sleep 30\n" });
  chmodSync(join(programs, "git"), 0o755);
  vi.stubEnv("PATH", `${programs}:${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const call = listCommits("HEAD~1", "HEAD");
  const runs = [
    () => outputOf(git(repository, call, undefined, 0.2), call),
    () => outputOf(gitOutside(root, diffFolders, undefined, 0.2), diffFolders, [0, 1]),
  ];
  expect(runs[0]).toThrow(new Undecided("git rev-list took longer than 0.2 s"));
  expect(runs[1]).toThrow(new Undecided("git diff took longer than 0.2 s"));
});

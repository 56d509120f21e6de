import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commitAll, diffOf, makeTree, runGit, writeFiles } from "../../tree/testing/tree.ts";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "..", "..");
const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const file = (...body: readonly string[]) => ({
  "x.c": `int f(struct box *box)\n{\n${body.join("")}\treturn 0;\n}\n`,
});
const CLEAN = file(LOCK, UNLOCK);
const FINE = file(LOCK, "\tbox->n++;\n", UNLOCK);
const BROKEN = file(LOCK, UNLOCK, UNLOCK);

/** A folder for PATH with this program under its name, and with what else is given. */
function programs(scripts: Readonly<Record<string, string>> = {}): string {
  const folder = makeTree({});
  const loader = join(ROOT, "testing", "typescript-loader.mjs");
  const holdfast = `exec "${process.execPath}" --import "${loader}" "${join(ROOT, "cli", "main.ts")}" "$@"`;
  for (const [name, text] of Object.entries({ holdfast, ...scripts })) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${text}\n`, { mode: 0o755 });
  }
  return folder;
}

const withPath = (folder: string, more: Readonly<Record<string, string>> = {}) => ({
  ...process.env,
  PATH: `${folder}:${process.env["PATH"] ?? ""}`,
  ...more,
});

describe("pre-push.sh, in a repository that pushes", () => {
  function makeClone(): {
    readonly root: string;
    push: (...what: string[]) => { code: number | null; said: string };
  } {
    const [remote, root] = [makeTree({}), makeTree(CLEAN)];
    runGit(remote, "init", "-q", "--bare");
    runGit(root, "init", "-q", "-b", "main");
    runGit(root, "remote", "add", "origin", remote);
    commitAll(root, "clean");
    runGit(root, "push", "-q", "origin", "main");
    const hook = join(root, ".git", "hooks", "pre-push");
    copyFileSync(join(HERE, "pre-push.sh"), hook);
    chmodSync(hook, 0o755);
    const env = withPath(programs());
    const push = (...what: string[]) => {
      const { status, stdout, stderr } = spawnSync("git", ["push", "origin", ...what], {
        cwd: root,
        env,
        encoding: "utf8",
      });
      return { code: status, said: stdout + stderr };
    };
    return { root, push };
  }

  test("lets a harmless change through, and stops one that brings a finding", () => {
    const { root, push } = makeClone();
    writeFiles(root, FINE);
    commitAll(root, "fine");
    expect(push("main")).toMatchObject({ code: 0, said: expect.stringContaining("holds: 0 new") });
    writeFiles(root, BROKEN);
    commitAll(root, "broken");
    expect(push("main")).toMatchObject({ code: 1, said: expect.stringContaining("x.c:5: error: f()") });
  });

  test("judges a branch that the other side does not have", () => {
    const { root, push } = makeClone();
    runGit(root, "checkout", "-q", "-b", "topic");
    writeFiles(root, BROKEN);
    commitAll(root, "broken");
    expect(push("topic").code).toBe(1);
  });

  test("judges what is its own, not what a merge brings in from the other side", () => {
    const { root, push } = makeClone();
    runGit(root, "checkout", "-q", "-b", "theirs");
    writeFiles(root, BROKEN);
    commitAll(root, "broken");
    runGit(root, "push", "-q", "--no-verify", "origin", "theirs");
    runGit(root, "checkout", "-q", "main");
    writeFiles(root, { "y.c": CLEAN["x.c"].replace("f(", "g(") });
    commitAll(root, "own");
    runGit(root, "merge", "-q", "--no-ff", "-m", "merge", "theirs");
    expect(push("main")).toMatchObject({ code: 0, said: expect.stringContaining("holds: 0 new") });
  });

  test("has nothing to say of a branch that is deleted, or has no commits of its own", () => {
    const { root, push } = makeClone();
    runGit(root, "branch", "same");
    expect(push("same").code).toBe(0);
    expect(push(":same").code).toBe(0);
  });
});

describe("patchwork-bot.sh", () => {
  test("posts a check to each patch of which something is to be said", (context) => {
    if (spawnSync("jq", ["--version"]).status !== 0) return context.skip("jq is not installed");
    const mails = [diffOf(CLEAN, FINE), diffOf({}, { "notes.txt": "x\n" }), diffOf(FINE, BROKEN)].map(
      (diff, at) =>
        `From git@z Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: [PATCH ${at + 1}/3] x\nMessage-ID: <${at + 1}@x>\n\n${diff}\n`,
    );
    const patches = [11, 12, 13].map((id, at) => ({ id, msgid: `<${at + 1}@x>` }));
    const served = makeTree({
      "series.json": JSON.stringify({ mbox: "https://patchwork.example.org/series/7/mbox/", patches }),
      "series.mbox": mails.join(""),
      posted: "",
    });
    const curl = [
      `while [ $# -gt 0 ]; do case $1 in --data) data=$2; shift;; --header) shift;; https:*) url=$1;; esac; shift; done`,
      `case $url in */checks/) echo "$url $data" >>"${served}/posted";; *mbox/) cat "${served}/series.mbox";;`,
      `*/api/1.3/series/7/) cat "${served}/series.json";; *) exit 22;; esac`,
    ].join("\n");
    const env = withPath(programs({ curl }), {
      PATCHWORK_URL: "https://patchwork.example.org",
      PATCHWORK_TOKEN: "token",
    });
    const { status, stderr } = spawnSync("bash", [join(HERE, "patchwork-bot.sh"), "7", makeTree(CLEAN)], {
      env,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
    const posted = readFileSync(join(served, "posted"), "utf8").trim().split("\n");
    const said = posted.map((line) => {
      const [url = "", ...check] = line.split(" ");
      return [url.replace("https://patchwork.example.org/api/1.3", ""), JSON.parse(check.join(" ")).state];
    });
    expect(said).toEqual([
      ["/patches/11/checks/", "success"],
      ["/patches/13/checks/", "fail"],
    ]);
  });
});

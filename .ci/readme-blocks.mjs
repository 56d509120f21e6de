// Runs the README's first two sh blocks as a newcomer would: in a fresh clone, each in a shell of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const blocks = [...readFileSync("README.md", "utf8").matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
  ([, text]) => text,
);
const [main, tests] = blocks;
if (!main || !tests) throw new Error("README.md lacks its two sh blocks");

const folder = mkdtempSync(join(tmpdir(), "holdfast-readme-"));
const inClone = (script) =>
  execFileSync("bash", ["-e", "-o", "pipefail", "-c", script], {
    cwd: join(folder, "holdfast"),
    encoding: "utf8",
  });
try {
  execFileSync("git", ["clone", "--quiet", "--no-local", process.cwd(), join(folder, "holdfast")]);
  const said = inClone(main);
  for (const wanted of ["ptl-held is violated", "violated: 1 new"]) {
    if (!said.includes(wanted)) throw new Error(`the README's main block did not say '${wanted}':\n${said}`);
  }
  // The tests themselves run in this checkout; here only what the block names must be there.
  inClone(tests.replace("npm test", "npm test -- testing/tidy"));
  console.log("both README blocks do what they say");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Runs the README's first sh block as a newcomer would, in a fresh clone. The second must be what CI runs: install, test.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WANTED = ["ptl-held is violated", "violated: 1 new"];

const text = readFileSync("README.md", "utf8");
const [main, tests] = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);

function complaint() {
  if (tests !== "npm ci\nnpm test\n") return "the second sh block is not 'npm ci' and 'npm test'";
  const folder = mkdtempSync(join(tmpdir(), "holdfast-readme-"));
  try {
    const clone = join(folder, "holdfast");
    spawnSync("git", ["clone", "--quiet", "--no-local", process.cwd(), clone], { stdio: "inherit" });
    const ran = spawnSync("bash", ["-e", "-o", "pipefail", "-c", main ?? "false"], {
      cwd: clone,
      encoding: "utf8",
    });
    const said = `${ran.stdout}\n${ran.stderr}`;
    if (ran.status !== 0) return `the first sh block exits with ${ran.status}:\n${said}`;
    const missing = WANTED.filter((each) => !said.includes(each));
    return missing.length === 0
      ? undefined
      : `the first sh block does not say ${missing.join(" nor ")}:\n${said}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wrong = complaint();
console.log(wrong ?? "the README's blocks do what they say");
process.exitCode = wrong === undefined ? 0 : 1;

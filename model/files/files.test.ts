import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { isAbandoned, OWNER } from "./owner.ts";
import { refuseUnwritable, replaceFile, replaceText } from "./replace-file.ts";
import { makeTemporaryFolder, writingTemporary } from "./temporary-folder.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "holdfast-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The id of a process that has ended. */
const ended = (): number => spawnSync(process.execPath, ["-e", "0"]).pid;
const ownerOf = (pid: number): string => OWNER.replace(/\d+$/, String(pid));

test("an owner is abandoned once its process ended, but never one of another place", async () => {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  onTestFinished(() => void child.kill());
  expect(isAbandoned(OWNER)).toBe(false);
  expect(isAbandoned(`${ownerOf(child.pid ?? 0)}-x`)).toBe(false);
  expect(isAbandoned(`${ownerOf(ended())}-x`)).toBe(true);
  expect(isAbandoned(`elsewhere-${ended()}-x`)).toBe(false);
  expect(isAbandoned("test-x7Hw2")).toBe(false);
});

test("a temporary folder is made after those of killed runs are removed, and nothing else is", () => {
  const parent = folder();
  vi.stubEnv("TMPDIR", parent);
  onTestFinished(() => void vi.unstubAllEnvs());
  const kept = ["holdfast-elsewhere-1-aaaaaa", "holdfast-notes", `other-${ownerOf(ended())}-aaaaaa`];
  const left = `holdfast-${ownerOf(ended())}-aaaaaa`;
  for (const name of [...kept, left]) mkdirSync(join(parent, name, "below"), { recursive: true });
  const link = `holdfast-${ownerOf(ended())}-bbbbbb`;
  symlinkSync(join(parent, "holdfast-notes"), join(parent, link));
  const { path, remove } = makeTemporaryFolder();
  expect(statSync(path).mode & 0o777).toBe(0o700);
  remove();
  expect(readdirSync(parent).sort()).toEqual([...kept, link].sort());
  expect(readdirSync(join(parent, "holdfast-notes"))).toEqual(["below"]);
});

test("where no temporary folder can be made, the reason is told", () => {
  vi.stubEnv("TMPDIR", join(folder(), "missing"));
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(makeTemporaryFolder).toThrow(/^no temporary folder can be made: .*ENOENT.* \(TMPDIR names where\)$/);
});

test("what cannot be written to a temporary folder is told as that, and what is wrong itself is not", () => {
  const writing = (place: string) => () => writingTemporary(() => writeFileSync(place, "x"));
  expect(writing(join(folder(), "missing", "x"))).toThrow(
    /^a temporary copy cannot be made: .*ENOENT.* \(TMPDIR names where\)$/,
  );
  expect(() => writingTemporary(() => JSON.parse("{"))).toThrow(SyntaxError);
});

test("where a file may not grow, the one that is there stays, and nothing is left beside it", () => {
  const path = join(folder(), "kept.json");
  writeFileSync(path, "old");
  const module = JSON.stringify(join(import.meta.dirname, "replace-file.ts"));
  const code = `import(${module}).then(({ replaceText }) => replaceText(${JSON.stringify(path)}, "x".repeat(1e6)))`;
  const loader = join(import.meta.dirname, "..", "..", "testing", "typescript-loader.mjs");
  const words = ["--import", loader, "-e", code].map((word) => `'${word}'`).join(" ");
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `ulimit -f 1; trap '' XFSZ; ${process.execPath} ${words}`],
    {
      encoding: "utf8",
    },
  );
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/InputError: cannot write .*kept\.json: EFBIG/);
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(join(path, ".."))).toEqual(["kept.json"]);
});

test("a file is replaced as a whole, keeps its mode, and a link to it stays one", () => {
  const at = folder();
  const [path, link] = [join(at, "file"), join(at, "link")];
  writeFileSync(path, "before");
  chmodSync(path, 0o640);
  symlinkSync("file", link);
  replaceFile(link, (file) => {
    writeFileSync(file, "after");
    expect(readFileSync(path, "utf8")).toBe("before");
  });
  expect(readFileSync(path, "utf8")).toBe("after");
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readdirSync(at).sort()).toEqual(["file", "link"]);
});

test("what a killed run wrote beside a file is removed, and a link in its place is not followed", () => {
  const at = folder();
  writeFileSync(join(at, "victim"), "whole");
  symlinkSync("victim", join(at, `.out.${OWNER}.part`));
  writeFileSync(join(at, `.out.${ownerOf(ended())}.part`), "half");
  refuseUnwritable(join(at, "out"));
  replaceText(join(at, "out"), "text");
  expect(readdirSync(at).sort()).toEqual(["out", "victim"]);
  expect(readFileSync(join(at, "victim"), "utf8")).toBe("whole");
});

test("a device is written to as it stands", () => {
  expect(() => replaceText("/dev/null", "text")).not.toThrow();
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});

test.each([
  ["", "cannot write : it has no name"],
  [tmpdir(), `cannot write ${tmpdir()}: it is a folder`],
  ["no/such/folder", "cannot write no/such/folder: ENOENT"],
])("%j cannot be written to", (path, reason) => {
  expect(() => refuseUnwritable(path)).toThrow(reason);
  expect(() => replaceText(path, "text")).toThrow(reason);
});

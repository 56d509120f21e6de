import { spawn } from "node:child_process";
import { systemCode } from "../model/files/system-error.ts";

export interface RunResult {
  readonly ok: boolean;
  readonly bytes: Buffer;
  /** The first line of what it complained of; empty where it did not. */
  readonly error: string;
}

const ENDED_EARLY: ReadonlySet<string> = new Set(["EPIPE", "ECONNRESET"]);

/** Runs a program without a shell, in the C locale, while this one goes on; where it cannot be run, the result says so. */
export function run(
  directory: string,
  program: string,
  args: readonly string[],
  input: Buffer = Buffer.alloc(0),
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: directory, env: { ...process.env, LC_ALL: "C" } });
    const out: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => {
      if (complaint.length < 1_000) complaint += bytes.toString();
    });
    child.on("error", (error) => {
      if (systemCode(error) === undefined) reject(error);
      else resolve({ ok: false, bytes: Buffer.alloc(0), error: error.message });
    });
    child.on("close", (code) => {
      const [error = ""] = complaint.trim().split("\n");
      resolve({ ok: code === 0, bytes: Buffer.concat(out), error });
    });
    // A program that ends before it has read everything says so by its exit code.
    child.stdin.on("error", (error) => {
      if (!ENDED_EARLY.has(systemCode(error) ?? "")) reject(error);
    });
    child.stdin.end(input);
  });
}

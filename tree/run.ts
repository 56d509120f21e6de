import { spawn } from "node:child_process";
import { systemCode } from "../model/files/system-error.ts";
import { childEnvironment } from "./environment.ts";

export interface RunResult {
  /** Undefined where the program could not be run, or was killed. */
  readonly code: number | undefined;
  readonly bytes: Buffer;
  /** The first line of what it complained of, or what killed it; empty where neither is. */
  readonly error: string;
}

/** A search of a folder that does not end, as on a disk that is gone, ends as one that failed. */
const MAX_MS = 600_000;

const ENDED_EARLY: ReadonlySet<string> = new Set(["EPIPE", "ECONNRESET"]);

/**
 * Runs a program that searches a folder, without a shell, while this one goes on; where it cannot be run, the result
 * says so.
 */
export function run(
  directory: string,
  program: "find" | "xargs",
  args: readonly string[],
  input: Buffer = Buffer.alloc(0),
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: directory, env: childEnvironment(), timeout: MAX_MS });
    const out: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => {
      if (complaint.length < 1_000) complaint += bytes.toString();
    });
    child.on("error", (error) => {
      if (systemCode(error) === undefined) reject(error);
      else resolve({ code: undefined, bytes: Buffer.alloc(0), error: error.message });
    });
    child.on("close", (code, signal) => {
      const [said = ""] = complaint.trim().split("\n");
      const error = signal ? `${program} was killed by ${signal}` : said;
      resolve({ code: code ?? undefined, bytes: Buffer.concat(out), error });
    });
    // A program that ends before it has read everything says so by its exit code.
    child.stdin.on("error", (error) => {
      if (!ENDED_EARLY.has(systemCode(error) ?? "")) reject(error);
    });
    child.stdin.end(input);
  });
}

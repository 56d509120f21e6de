import { spawn } from "node:child_process";

export interface RunResult {
  readonly ok: boolean;
  readonly bytes: Buffer;
  /** The first line of what it complained of; empty where it did not. */
  readonly error: string;
}

/** Runs a program without a shell, in the C locale, while this one goes on. Never throws. */
export function run(
  directory: string,
  program: string,
  args: readonly string[],
  input: Buffer = Buffer.alloc(0),
): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: directory, env: { ...process.env, LC_ALL: "C" } });
    const out: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => {
      if (complaint.length < 1_000) complaint += bytes.toString();
    });
    child.on("error", (error) => resolve({ ok: false, bytes: Buffer.alloc(0), error: error.message }));
    child.on("close", (code) => {
      const [error = ""] = complaint.trim().split("\n");
      resolve({ ok: code === 0, bytes: Buffer.concat(out), error });
    });
    // A program that ends before it has read everything says so by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

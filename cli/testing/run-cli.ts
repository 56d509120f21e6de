import { commands } from "../commands/index.ts";
import { dispatch } from "../dispatch.ts";
import type { ExitCode } from "../exit-code.ts";

export interface CliResult {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with everything it says kept. */
export async function runCli(...args: readonly string[]): Promise<CliResult> {
  const said = { out: "", err: "" };
  const code = await dispatch(args, commands, "0.0.0", {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    showsProgress: false,
  });
  return { code, ...said };
}

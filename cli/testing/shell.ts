import { execFileSync } from "node:child_process";

/** The words of a command line, as a shell takes them, without the program's name. */
export const wordsOf = (command: string): readonly string[] =>
  execFileSync("bash", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" })
    .trim()
    .split("\n")
    .slice(1);

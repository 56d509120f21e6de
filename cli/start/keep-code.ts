import { writeFileSync } from "node:fs";
import { join } from "node:path";
import v8 from "node:v8";
import type { Terminal } from "../terminal.ts";
import { keptCodeOf, loader, type Program } from "./kept-code.ts";

const SILENT: Terminal = { out: () => {}, err: () => {}, showsProgress: false };

/** Runs each command line that it is given, in silence, and keeps the code that V8 made on the way. */
async function keepCode(commandLines: readonly string[]): Promise<void> {
  const setFlags = v8.setFlagsFromString;
  setFlags("--no-flush-bytecode");
  // V8 takes kept code only where its flags are the same, and commands set theirs after loading.
  v8.setFlagsFromString = () => {};
  const { load, scripts } = loader();
  const { run } = load<Program>(join(import.meta.dirname, "bundle", "program.js"));
  for (const line of commandLines) await run(line.split(" "), SILENT);
  setFlags("--flush-bytecode");
  for (const [path, script] of scripts) writeFileSync(keptCodeOf(path), script.createCachedData());
}

void keepCode(process.argv.slice(2));

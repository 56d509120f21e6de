#!/usr/bin/env node
import { endOnCrash } from "./crash.ts";

endOnCrash();
const { run } = await import("./program.ts");
process.exitCode = await run(process.argv.slice(2));

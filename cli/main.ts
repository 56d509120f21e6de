#!/usr/bin/env node
import { endOnCrash, orNoVerdict } from "./crash.ts";

endOnCrash();
const { run } = await import("./program.ts");
process.exitCode = await orNoVerdict(() => run(process.argv.slice(2)));

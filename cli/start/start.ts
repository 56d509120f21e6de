#!/usr/bin/env node
import { join } from "node:path";
import { endOnCrash, orNoVerdict } from "../crash.ts";
import { loader, type Program } from "./kept-code.ts";

endOnCrash();
const { run } = loader().load<Program>(join(import.meta.dirname, "bundle", "program.js"));
// Bundled as CommonJS, which cannot wait for a promise here.
void orNoVerdict(() => run(process.argv.slice(2))).then((code) => {
  process.exitCode = code;
  // Otherwise Node takes down all that it holds first, piece by piece. What went wrong in writing is told before.
  process.stdout.write("", () => setImmediate(() => process.exit(code)));
});

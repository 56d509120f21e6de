import { join } from "node:path";
import { testGoldens } from "../testing/goldens.ts";
import { knownCallees } from "../testing/known-callees.ts";

testGoldens(join(import.meta.dirname, "goldens"), { callees: { known: knownCallees } });

import { join } from "node:path";
import { testGoldens } from "../testing/goldens.ts";

testGoldens(join(import.meta.dirname, "goldens"), {
  "facts-of-calls": { facts: "of calls" },
  "facts-without": { facts: { without: new Set(["ready"]) } },
});

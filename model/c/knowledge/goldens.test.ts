import { join } from "node:path";
import { testGoldens } from "../testing/goldens.ts";

testGoldens(join(import.meta.dirname, "goldens"));

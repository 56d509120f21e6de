import { defineConfig } from "vitest/config";
import Progress from "./testing/progress.ts";

export default defineConfig({
  resolve: { alias: { holdfast: new URL("index.ts", import.meta.url).pathname } },
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules", "dist"],
    pool: "forks",
    reporters: process.stdout.isTTY ? ["default"] : ["default", new Progress()],
    testTimeout: 60_000,
    // No test depends on what an earlier run remembered, or leaves something in the user's folder, or on where it runs.
    env: { HOLDFAST_CACHE: "", FORCE_COLOR: "0" },
  },
});

import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The same tests, imported by Node itself, so that c8 sees every module under its own name. */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      pool: "threads",
      // Counting what runs makes searches several times slower.
      testTimeout: 300_000,
      experimental: { viteModuleRunner: false, nodeLoader: false },
      execArgv: ["--import", "./testing/typescript-loader.mjs"],
    },
  }),
);

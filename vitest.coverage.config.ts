import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** A file for the results as JSON, beside what is printed. */
const { TEST_RESULTS: results } = process.env;

/**
 * The same tests, imported by Node itself, so that c8 sees every module under its own name. Only vite can replace
 * modules: what does so is a step of its own of `.ci/run`.
 */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      pool: "threads",
      exclude: ["cli/internal-error.test.ts"],
      reporters: results ? [["json", { outputFile: results }]] : [],
      // Counting what runs makes searches several times slower.
      testTimeout: 300_000,
      experimental: { viteModuleRunner: false, nodeLoader: false },
      execArgv: ["--import", "./testing/typescript-loader.mjs"],
    },
  }),
);

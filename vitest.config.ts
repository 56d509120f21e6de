import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules", "dist"],
    pool: "forks",
    testTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["{model,properties,checker,gate,counterexamples,cli}/**/*.ts"],
      exclude: ["**/*.test.ts", "**/testing/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { statements: 85, branches: 75, functions: 85, lines: 85 },
    },
  },
});

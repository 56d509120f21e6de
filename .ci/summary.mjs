// Reads vitest's JSON report and prints the one line that tells how it went; what failed beside the tests counts too.
import { readFileSync } from "node:fs";

const [, , path, otherFailures] = process.argv;

function testResults() {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };
  }
}

const results = testResults();
const broken = results.testResults.filter(
  ({ status, assertionResults }) =>
    status === "failed" && assertionResults.every((each) => each.status !== "failed"),
);
const tests = results.numFailedTests + broken.length;
// A failed test also fails the step it ran in: count that once.
const failed = tests + Math.max(0, Number(otherFailures) - (tests > 0 ? 1 : 0));
const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : "";
console.log(`\n${results.numPassedTests} passed, ${failed} failed${skipped}`);
process.exitCode = failed === 0 && results.numPassedTests > 0 ? 0 : 1;

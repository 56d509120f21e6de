import { describe, expect, test } from "vitest";
import { wrongCatches } from "./catches.ts";
import { importGraph, wrongCircles } from "./circles.ts";
import { brokenLinks, linksOf, wrongPaths } from "./documents.ts";
import { importsPastDoors } from "./doors.ts";
import { LAYERS, rank, wrongImports } from "./layers.ts";
import {
  isTest,
  median,
  readSource,
  repositoryFiles,
  type SourceFile,
  typescriptSources,
} from "./sources.ts";
import { lonelySteps } from "./steps.ts";
import { escapesOf, exportedFunctionsOf, functionsOf, importsOf } from "./syntax.ts";

const sources = typescriptSources();
const product = sources.filter((source) => !isTest(source) && rank(source.path) < LAYERS.length);
const lines = (text: string): number => text.trimEnd().split("\n").length;

describe("layers", () => {
  test("nothing imports what stands above it", () => {
    expect(product.flatMap(wrongImports)).toEqual([]);
  });

  test("an import that points forward is seen", () => {
    const text = 'import type { A } from "../checker/result.ts";\nexport * from "../cli/main.ts";\n';
    expect(wrongImports({ path: "model/a.ts", text })).toHaveLength(2);
    expect(wrongImports({ path: "cli/a.ts", text })).toEqual([]);
  });
});

describe("doors", () => {
  test("a folder with doors is entered by them alone", () => {
    expect(sources.flatMap(importsPastDoors)).toEqual([]);
  });

  test("an import past a door is seen", () => {
    const text = 'import { a } from "../model/c/index.ts";\nimport type { B } from "../model/c/plan/b.ts";\n';
    expect(importsPastDoors({ path: "gate/a.test.ts", text })).toHaveLength(1);
    expect(importsPastDoors({ path: "model/c/a.ts", text: text.replaceAll("../model/c", ".") })).toEqual([]);
  });
});

describe("circles", () => {
  test("files import each other only where the list allows it", () => {
    expect(wrongCircles(importGraph(product))).toEqual([]);
  });

  test("a planted circle is seen, by types and through other files", () => {
    const planted = importGraph([
      { path: "gate/a.ts", text: 'import type { B } from "./deep/b.ts";' },
      { path: "gate/deep/b.ts", text: 'export { c } from "../c.ts";' },
      { path: "gate/c.ts", text: 'const a = await import("./a.ts");' },
      { path: "gate/d.ts", text: 'import { a } from "./a.ts";' },
    ]);
    expect(wrongCircles(planted, [])).toEqual(["circle: gate/a.ts, gate/c.ts, gate/deep/b.ts"]);
  });

  test("an allowed circle that grew or no longer exists is reported", () => {
    const planted = importGraph([
      { path: "gate/a.ts", text: 'import { b } from "./b.ts";' },
      { path: "gate/b.ts", text: 'import { a } from "./a.ts";' },
    ]);
    const allowed = (files: readonly string[]) => [{ folder: "gate", files, reason: "recursion" }];
    expect(wrongCircles(planted, allowed(["b", "a"]))).toEqual([]);
    expect(wrongCircles(planted, allowed(["a"]))).toEqual([
      "circle: gate/a.ts, gate/b.ts",
      "no longer a circle: gate/a.ts",
    ]);
  });
});

describe("sizes", () => {
  test("no file is long, and most are short", () => {
    expect(sources.filter(({ text }) => lines(text) > 250).map(({ path }) => path)).toEqual([]);
    expect(median(product.map(({ text }) => lines(text)))).toBeLessThanOrEqual(80);
  });

  test("no small file is a step of another", () => {
    const tested = sources.filter(isTest).map(({ path }) => path.replace(/\.test\.ts$/, ".ts"));
    expect(lonelySteps(product, importGraph(product), new Set(tested))).toEqual([]);
  });

  test("a planted step is seen, but no part of a list and nothing with a test of its own", () => {
    const small = (path: string) => ({ path, text: "export const a = 1;\n" });
    const planted = [
      small("gate/step.ts"),
      small("gate/tested.ts"),
      small("gate/deep/other.ts"),
      small("properties/rule.ts"),
      {
        path: "gate/whole.ts",
        text: 'import "./step.ts";\nimport "./tested.ts";\nimport "./deep/other.ts";\n',
      },
      { path: "properties/library.ts", text: 'export { a } from "./rule.ts";\n' },
    ];
    const found = lonelySteps(planted, importGraph(planted), new Set(["gate/tested.ts"]));
    expect(found).toEqual(["gate/step.ts is a step of gate/whole.ts"]);
  });

  test("no function is long, and most are short", () => {
    const all = product.flatMap((source) =>
      functionsOf(source).map((each) => ({ ...each, path: source.path })),
    );
    expect(all.filter((each) => each.lines > 45)).toEqual([]);
    expect(median(all.map((each) => each.lines))).toBeLessThanOrEqual(8);
  });
});

describe("parameters", () => {
  const tooMany = (files: readonly SourceFile[]) =>
    files.flatMap((file) =>
      exportedFunctionsOf(file)
        .filter(({ parameters }) => parameters > 4)
        .map(({ name, parameters }) => `${file.path}: ${name} has ${parameters} parameters`),
    );

  test("an exported function has at most four", () => {
    expect(tooMany(product)).toEqual([]);
  });

  test("a fifth is seen, in functions of every form", () => {
    const text = `
      export function f(a: 1, b: 2, c: 3, d: 4, e: 5) {}
      export const g = (a: 1, b: 2, c: 3, d: 4, e = 5) => a;
      export class C { m(a: 1, b: 2, c: 3, d: 4, ...e: 5[]) {} }
      export const h = (a: 1, b: 2, c: 3, { d, e }: D) => a;
      function own(a: 1, b: 2, c: 3, d: 4, e: 5) {}`;
    const names = tooMany([{ path: "a.ts", text }]).map((each) => each.split(" ")[1]);
    expect(names).toEqual(["f", "g", "m"]);
  });
});

describe("types", () => {
  test("nothing escapes the type checker", () => {
    expect(sources.flatMap(escapesOf)).toEqual([]);
    const path = "a.ts";
    expect(escapesOf({ path, text: "let a: any;\nf(a!);" })).toEqual(["a.ts:1: any", "a.ts:2: non-null !"]);
  });
});

describe("errors", () => {
  test("no catch takes more than it expects", () => {
    expect(product.flatMap(wrongCatches)).toEqual([]);
  });

  test("a catch that takes all, and one by another name, are seen", () => {
    const all =
      'import { Fault } from "./fault.ts";\ntry { f(); } catch {}\ntry { f(); } catch (error) { g(error); }\n';
    const named = "try { f(); } catch (error) { if (!(error instanceof Fault)) throw error; }\n";
    const fine = "try { f(); } catch (error) { throw new InputError(systemMessage(error)); }\n";
    const found = wrongCatches({ path: "a.ts", text: `${all}${named}${fine}p.catch(() => 1);\n` });
    expect(found.map((each) => each.replace(/^a\.ts:/, ""))).toEqual([
      "2: what is not expected goes no further",
      "3: what is not expected goes no further",
      "4: caught by name: Fault",
      "6: a catch()",
    ]);
  });
});

describe("repository", () => {
  const files = repositoryFiles();

  test("each property has a file of its own name", () => {
    const named = files.filter((path) => /^properties\/[a-z-]+\.ts$/.test(path)).map(readSource);
    const declared = named.flatMap(({ path, text }) =>
      [...text.matchAll(/\bname: "([a-z-]+)",\n\s+summary:/g)].map(([, name]) => ({ path, name })),
    );
    expect(declared.filter(({ path, name }) => path !== `properties/${name}.ts`)).toEqual([]);
  });

  test("no file names a machine or a registry", () => {
    const traces = [
      /\/work\/(main|shared)\//,
      /\/usr\/src\/linux-src/,
      /registry\.npmjs|npmmirror/,
      /\/tmp\/[a-z]/,
    ];
    const text = files.filter((path) => /\.(ts|js|md|json|ya?ml|sh|mjs)$|^\.ci\//.test(path)).map(readSource);
    const found = text.flatMap(({ path, text: content }) =>
      traces.filter((trace) => trace.test(content)).map((trace) => `${path}: ${trace}`),
    );
    expect(found.filter((each) => !each.startsWith("testing/tidy/"))).toEqual([]);
  });

  test("the lock file names no download address", () => {
    expect(readSource("package-lock.json").text).not.toContain('"resolved"');
  });
});

test("git is run by one module, other programs by one more, and Node itself by two", () => {
  const starters = product.filter((source) => importsOf(source).includes("node:child_process"));
  expect(starters.map(({ path }) => path)).toEqual([
    "cli/check/processes.ts",
    "cli/watched/run-watched.ts",
    "tree/git/run.ts",
    "tree/run.ts",
  ]);
  const naming = product.filter(({ text }) => /\bgetBuiltinModule\("(node:)?child_process/.test(text));
  expect(naming).toEqual([]);
});

describe("documents", () => {
  const files = repositoryFiles();
  /** The changelog names files as they were called when it was written. */
  const documents = files.filter((path) => path.endsWith(".md") && path !== "CHANGELOG.md").map(readSource);

  test("links between documents lead somewhere", () => {
    expect(documents.flatMap(({ text }) => linksOf(text)).length).toBeGreaterThan(5);
    expect(brokenLinks({ documents, files })).toEqual([]);
  });

  test("a link that leads nowhere is seen", () => {
    const text =
      "[one](../gate/a.ts), [two](b.md#part), [three](c.md), [four](#here), [five](https://example.org)";
    const planted = { documents: [{ path: "docs/x.md", text }], files: ["gate/a.ts", "docs/b.md"] };
    expect(brokenLinks(planted)).toEqual(["docs/x.md: c.md"]);
  });

  test("files and folders that documents name are there", () => {
    expect(wrongPaths({ documents, files })).toEqual([]);
  });

  test("a path that is not there is seen, and one that should not be", () => {
    const text =
      "gate/a.ts, `gate/deep`, `gate/gone.ts`, mm/b.c, gate/NAME.ts; `gate/plan.ts` (new), `gate/a.ts` (new)";
    const planted = { documents: [{ path: "x.md", text }], files: ["gate/a.ts", "gate/deep/c.ts"] };
    expect(wrongPaths(planted)).toEqual(["x.md: gate/a.ts", "x.md: gate/gone.ts"]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blankOpaque, scanFunctions } from "../../model/c/source/index.ts";
import { findPrimitive } from "../../model/kernel/table/index.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../kernel-source.ts";
import { isTest, type SourceFile, typescriptSources } from "./sources.ts";

const root = kernelSource();

/** Functions that mm/ defines, and that are no primitives of the table; a single word may be meant as such. */
function kernelFunctions(directory: string): ReadonlySet<string> {
  const files = readdirSync(directory).filter((name) => name.endsWith(".c"));
  const names = files.flatMap((file) =>
    scanFunctions(blankOpaque(readFileSync(join(directory, file), "utf8"))).map(({ name }) => name),
  );
  return new Set(names.filter((name) => name.includes("_") && findPrimitive(name) === undefined));
}

/** Rows of the table say what a call does; scenarios are written like the functions that they model. */
const MAY_NAME_THEM = /^(?:model\/kernel\/table\/|model\/scenarios\/|bench\/|examples\/)/;

/** Words of the file's strings and patterns, and of nothing else: comments may name what they follow. */
function quotedWords({ text }: SourceFile): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/.*$/gm, "").replace(/\bkernel: "[^"]*"/g, "");
  const quoted = code.match(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/(?:[^/\\\n]|\\.)+\/[gimsuy]*/g) ?? [];
  return quoted.flatMap((each) => each.match(/[A-Za-z_]\w*/g) ?? []);
}

const namedIn = (file: SourceFile, functions: ReadonlySet<string>): readonly string[] =>
  [...new Set(quotedWords(file))]
    .filter((word) => functions.has(word))
    .map((word) => `${file.path}: ${word}`);

/** What the test is there to find. */
const PLANTED: SourceFile = {
  path: "planted.ts",
  text: 'if (name === "shrink_folio_list") return;\nconst QUIET = /^(?:move_pages_pte|box_fill)$/;\n',
};

test.skipIf(!root)(`no function of the kernel is named to silence it (${KERNEL_SOURCE_MISSING})`, () => {
  const functions = kernelFunctions(join(root ?? "", "mm"));
  expect(functions.size).toBeGreaterThan(3_000);
  expect(namedIn(PLANTED, functions)).toHaveLength(2);
  const product = typescriptSources().filter((file) => !isTest(file) && !MAY_NAME_THEM.test(file.path));
  expect(product.flatMap((file) => namedIn(file, functions))).toEqual([]);
});

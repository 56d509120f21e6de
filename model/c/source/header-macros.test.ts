import { expect, test } from "vitest";
import { headerMacrosOf, macrosFor } from "./header-macros.ts";

const BOX = `#ifndef BOX_H
#define BOX_H
#define BOX_SIZE 16
#ifdef CONFIG_BOX_DEBUG
#define BOX_LOCK(b) debug_lock(&(b)->lock)
#else
#define BOX_LOCK(b) \\
	REALLY_LOCK(b)
#endif
#ifdef CONFIG_OTHER
#define OTHER(b) spin_lock(b)
#endif
#undef REALLY_LOCK
#define REALLY_LOCK(b) spin_lock(&(b)->lock)
struct box { int n; };
#endif
`;

const chosen = (text: string, ...headers: readonly string[]) =>
  macrosFor(text, headers.map(headerMacrosOf), (name) => /lock/.test(name))
    .trim()
    .split("\n");

test("macros that a text asks for come with their conditions, and with those that they ask for", () => {
  expect(chosen("BOX_LOCK(b);", BOX)).toEqual([
    "#ifndef BOX_H",
    "#define BOX_H",
    "#ifdef CONFIG_BOX_DEBUG",
    "#define BOX_LOCK(b) debug_lock(&(b)->lock)",
    "#else",
    "#define BOX_LOCK(b) \\",
    "	REALLY_LOCK(b)",
    "#endif",
    "#undef REALLY_LOCK",
    "#define REALLY_LOCK(b) spin_lock(&(b)->lock)",
    "#endif",
  ]);
});

test("numbers, and what nobody asks for, are left out", () => {
  expect(chosen("BOX_SIZE + nothing(b);", BOX)).toEqual([""]);
});

test("a macro of one header asks for that of another", () => {
  expect(chosen("A(b);", "#define B(b) spin_lock(b)\n", "#define A(b) B(b)\n")).toEqual([
    "#define B(b) spin_lock(b)",
    "#define A(b) B(b)",
  ]);
});

test("what a comment says is none, and ends that have no beginning are passed over", () => {
  expect(chosen("A(b);", "/*\n#define A(b) lock(b)\n*/\n#endif\n#else\n#define A(b) unlock(b)\n")).toEqual([
    "#define A(b) unlock(b)",
  ]);
});

test("macros that print are left out, those that leave the function are not", () => {
  const header =
    "#define SAY(x) do { if (level) print(x); } while (0)\n#define LEAVE(x) do { SAY(x); return; } while (0)\n";
  expect(chosen("SAY(b); LEAVE(b);", header)).toEqual(["#define LEAVE(x) do { SAY(x); return; } while (0)"]);
});

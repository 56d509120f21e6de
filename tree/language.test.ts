import { expect, test } from "vitest";
import { languageOf } from "./language.ts";

test.each([
  "mm/madvise.c",
  "include/linux/mm.h",
  "drivers/x/tables.inc",
  "fs/unicode/data.c_shipped",
  "arch/um/config.c.in",
  "lib/bits.h.in",
  "kernel/x.tpl",
  "tools/x.bpf.c",
])("%s is C", (path) => expect(languageOf(path)).toBe("c"));

test.each(["arch/x86/entry/entry.S", "rust/kernel/lib.rs", "tools/x.cpp", "scripts/parse.y"])(
  "%s is not read",
  (path) => expect(languageOf(path)).toBe("not-read"),
);

test.each([
  "MAINTAINERS",
  "mm/Makefile",
  "mm/Kconfig",
  "arch/x86/Kconfig.debug",
  "Documentation/locking/spinlocks.rst",
  "arch/arm/boot/dts/x.dtsi",
  "scripts/x.py",
  ".gitignore",
  ".mailmap",
])("%s has no code", (path) => expect(languageOf(path)).toBe("no-code"));

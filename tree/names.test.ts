import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, isArgument, nameOf, namesIn } from "./names.ts";

test("a name keeps its bytes, whatever they are, and tells names apart", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
      expect(bytesOf(nameOf(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});

test("UTF-8 is read as such, and what is none can be told", () => {
  expect(nameOf(Buffer.from("büchse😀.c"))).toBe("büchse😀.c");
  expect(isArgument("büchse😀.c")).toBe(true);
  expect(isArgument(nameOf(Buffer.from("b\u00fcchse.c", "latin1")))).toBe(false);
});

test("a list ends each name with a NUL", () => {
  expect(namesIn(Buffer.from("a\nb\0c d\0"))).toEqual(["a\nb", "c d"]);
});

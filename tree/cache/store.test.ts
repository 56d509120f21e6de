import { chmodSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeTree } from "../testing/tree.ts";
import { keyOf, openStore } from "./store.ts";

const KEY = keyOf("a", "b");

function makeStore() {
  const root = makeTree({});
  const entry = () => join(root, KEY.slice(0, 2), KEY.slice(2));
  return { root, entry, store: openStore(root) };
}

test("what is written is read, by another store as well", () => {
  const { root, store } = makeStore();
  expect(store.read(KEY)).toBeUndefined();
  store.write(KEY, "text\nwith lines\n");
  expect(openStore(root).read(KEY)).toBe("text\nwith lines\n");
});

test("a key tells where one part ends and the next begins", () => {
  expect(keyOf("a", "bc")).not.toBe(keyOf("ab", "c"));
});

describe("an entry that is damaged counts as absent, and can be written again", () => {
  test.each([
    ["a changed byte", (text: string) => text.replace("verdict", "Verdict")],
    ["cut off", (text: string) => text.slice(0, -3)],
    ["emptied", () => ""],
    ["added to", (text: string) => `${text}x`],
    ["without a checksum", () => "verdict"],
  ])("%s", (_, damage) => {
    const { entry, store } = makeStore();
    store.write(KEY, "the verdict: fine");
    writeFileSync(entry(), damage(readFileSync(entry(), "utf8")));
    expect(store.read(KEY)).toBeUndefined();
    store.write(KEY, "another");
    expect(store.read(KEY)).toBe("another");
  });
});

test("nothing but whole entries is left behind", () => {
  const { root, store } = makeStore();
  for (const text of ["one", "two", "three"]) store.write(KEY, text);
  expect(readdirSync(root, { recursive: true, encoding: "utf8" }).sort()).toEqual([
    KEY.slice(0, 2),
    join(KEY.slice(0, 2), KEY.slice(2)),
  ]);
});

test("a place that cannot be written to forgets", (context) => {
  const { root, store } = makeStore();
  if (process.getuid?.() === 0) context.skip("root can write everywhere");
  chmodSync(root, 0o500);
  store.write(KEY, "text");
  expect(store.read(KEY)).toBeUndefined();
});

test("a file in place of the folder forgets", () => {
  const root = makeTree({ file: "" });
  const store = openStore(join(root, "file"));
  store.write(KEY, "text");
  expect(store.read(KEY)).toBeUndefined();
});

test("it does not grow without end: the oldest go", () => {
  const { root, store } = makeStore();
  const keys = Array.from({ length: 300 }, (_, at) => `00${String(at).padStart(62, "0")}`);
  for (const key of keys) store.write(key, key);
  expect(readdirSync(join(root, "00")).length).toBeLessThanOrEqual(256);
  expect(store.read(keys.at(-1) ?? "")).toBe(keys.at(-1));
});

test("bytes are kept as they are", () => {
  const { store } = makeStore();
  const bytes = Buffer.from([0, 10, 255, 128]);
  store.writeBytes(KEY, bytes);
  expect(store.readBytes(KEY)).toEqual(bytes);
  expect(store.sizeOf(KEY)).toBeGreaterThan(bytes.length);
  expect(store.sizeOf(keyOf("other"))).toBe(0);
});

test("it is cut down to a size, the oldest first, but for what is to be kept; what a killed process left goes", () => {
  const { root, store } = makeStore();
  const keys = ["a", "b", "c"].map((each) => keyOf(each));
  for (const [at, key] of keys.entries()) {
    store.writeBytes(key, Buffer.alloc(1000));
    const path = join(root, key.slice(0, 2), key.slice(2));
    utimesSync(path, 1000 + at, 1000 + at);
    writeFileSync(`${path}.left`, "");
    utimesSync(`${path}.left`, 1000, 1000);
    writeFileSync(`${path}.now`, "");
  }
  store.trim(2 * 1100, new Set(keys.slice(0, 1)));
  expect(keys.map((key) => store.sizeOf(key) > 0)).toEqual([true, false, true]);
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  expect(names.filter((name) => name.endsWith(".left"))).toEqual([]);
  expect(names.filter((name) => name.endsWith(".now"))).toHaveLength(3);
});

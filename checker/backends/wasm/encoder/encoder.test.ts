import { describe, expect, test } from "vitest";
import { flatten, signed, signedWide, unsigned } from "./bytes.ts";
import * as wasm from "./instructions.ts";
import { encodeModule } from "./module.ts";

const bytes = (code: Parameters<typeof flatten>[0]) => [...flatten(code)];

describe("numbers are written in LEB128", () => {
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624_485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("%i without a sign", (value, expected) => {
    expect(bytes(unsigned(value))).toEqual(expected);
  });

  test.each([
    [0n, [0]],
    [63n, [0x3f]],
    [64n, [0xc0, 0x00]],
    [-1n, [0x7f]],
    [-64n, [0x40]],
    [-65n, [0xbf, 0x7f]],
    [-123_456n, [0xc0, 0xbb, 0x78]],
    [-(2n ** 31n), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])("%i with a sign", (value, expected) => {
    expect(bytes(signed(Number(value)))).toEqual(expected);
    expect(bytes(signedWide(value))).toEqual(expected);
  });

  test.each([
    [2n ** 31n, [0x80, 0x80, 0x80, 0x80, 0x08]],
    [2n ** 63n - 1n, [...Array.from({ length: 9 }, () => 0xff), 0x00]],
    [-(2n ** 63n), [...Array.from({ length: 9 }, () => 0x80), 0x7f]],
  ])("%i with a sign, of 64 bits", (value, expected) => {
    expect(bytes(signedWide(value))).toEqual(expected);
  });
});

test("a module computes what its code says, with what it is given", () => {
  const binary = encodeModule({
    memory: { initial: 1, maximum: 1, shared: false },
    constants: ["base"],
    globals: ["calls"],
    functions: [
      {
        parameters: [wasm.I32],
        results: [wasm.I32],
        locals: [wasm.I64],
        body: [
          wasm.globalSet(1, wasm.add(wasm.globalGet(1), wasm.i32(1))),
          wasm.set(1, wasm.mul64(wasm.extend(wasm.get(0)), wasm.i64(3n))),
          wasm.store32(wasm.globalGet(0), wasm.wrap(wasm.get(1)), 4),
          wasm.add(wasm.load32(wasm.globalGet(0), 4), wasm.i32(-1)),
        ],
      },
    ],
    exports: { triple: 0 },
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: false });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory, base: 64 } });
  const { triple, calls } = instance.exports as {
    triple(value: number): number;
    calls: WebAssembly.Global;
  };
  expect([triple(14), triple(-2)]).toEqual([41, -7]);
  expect(calls.value).toBe(2);
  expect(new Int32Array(memory.buffer)[(64 + 4) / 4]).toBe(-6);
});

import { afterEach, describe, expect, test, vi } from "vitest";
import { search } from "../../search/search.ts";
import { ptlProtocol } from "../../testing/ptl-protocol.ts";

afterEach(() => vi.restoreAllMocks());

/** Lets memory grow so many times, then no more. */
function endMemoryAfter(times: number): void {
  const { grow } = WebAssembly.Memory.prototype;
  let left = times;
  vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(function (
    this: WebAssembly.Memory,
    pages,
  ) {
    if (left-- <= 0) throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory");
    return grow.call(this, pages);
  });
}

test.each([1, 2])("where memory ends, a search by %i workers ends with that bound", (workers) => {
  endMemoryAfter(1);
  const protocol = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });
  const found = search(protocol, { backEnd: "wasm", reduce: false, workers });
  expect(found.states).toBeLessThan(152_092);
  expect(found.bounds).toMatchObject([{ kind: "memory" }]);
  expect(found.properties.map(({ verdict }) => verdict)).toEqual([
    "holds-within-bound",
    "holds-within-bound",
  ]);
});

describe("where there is no memory to begin with", () => {
  const protocol = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });
  const none = () =>
    vi.spyOn(WebAssembly, "Memory").mockImplementation(function none(): WebAssembly.Memory {
      throw new RangeError("WebAssembly.Memory(): could not allocate memory");
    });

  test.each([1, 2])("a search by it with %i workers ends with that bound before it begins", (workers) => {
    none();
    const found = search(protocol, { reduce: false, backEnd: "wasm", workers });
    expect(found).toMatchObject({
      transitions: 0,
      bounds: [{ kind: "memory", detail: "0 MiB, all that wasm can have" }],
      backEnd: "wasm",
    });
    expect(new Set(found.properties.map(({ verdict }) => verdict))).toEqual(new Set(["holds-within-bound"]));
  });

  test.each([1, 2])(
    "a search by %i workers that may choose goes on in JavaScript, whose words are copied as they grow",
    (workers) => {
      none();
      const found = search(protocol, { reduce: false, workers });
      expect(found).toMatchObject({ states: 152_092, bounds: [], backEnd: "packed-js" });
    },
  );
});

import { describe, expect, test } from "vitest";
import { brokenPtlProtocol, ptlProtocol } from "../testing/ptl-protocol.ts";
import { search } from "./search.ts";

describe("search", () => {
  test("counts the protocol's states", () => {
    const result = search(ptlProtocol({ tasks: 2, ptes: 2, folios: 2 }));
    expect(result.states).toBe(3_682);
    expect(result.properties.map(({ verdict }) => verdict)).toEqual(["holds", "holds"]);
    expect(result.unreached).toEqual([]);
  });

  test("finds the shortest, least adverse run to a planted bug", () => {
    const { properties } = search(brokenPtlProtocol({ tasks: 2, ptes: 1, folios: 1 }));
    const broken = properties.find(({ property }) => property === "protocol");
    expect(broken).toMatchObject({ verdict: "violated", message: "wrong at split_ok" });
    expect(broken?.run?.moves).toHaveLength(9);
  });
});

import { describe, expect, test } from "vitest";
import type { FormatOptions, ReportOf } from "./format.ts";
import { formatsOf, loadFormat } from "./index.ts";
import type { ReportKind } from "./report.ts";
import { hostileReport, sampleReport } from "./testing/change.ts";
import { HOSTILE } from "./testing/hostile.ts";
import { hostileModel, reported, sampleModel } from "./testing/model.ts";
import { hostileSource, sampleSource } from "./testing/source.ts";

/** A report of each kind, and what every format has to say of it. */
const SAMPLES: { readonly [K in ReportKind]: () => Promise<readonly [ReportOf<K>, readonly string[]]> } = {
  check: async () => [await sampleSource(), ["double-lock", "twice", "box.c"]],
  gate: async () => [await sampleReport(), ["ptl-held", "age_pte_range", "continue-without-lock.eml"]],
  explore: async () => [reported(sampleModel()), ["ptl-held", "madvise", "v5"]],
};
const HOSTILE_SAMPLES: { readonly [K in ReportKind]: () => Promise<ReportOf<K>> } = {
  check: hostileSource,
  gate: hostileReport,
  explore: async () => hostileModel(),
};

const KINDS = ["check", "gate", "explore"] as const;

async function print<K extends ReportKind>(
  kind: K,
  name: string,
  report: ReportOf<K>,
  options: FormatOptions = {},
) {
  return (await loadFormat(kind, name))(report, options);
}

describe.each(KINDS.flatMap((kind) => formatsOf(kind).map((name) => [kind, name] as const)))(
  "%s as %s",
  (kind, name) => {
    test("says what was found where, and the same each time", async () => {
      const [report, wanted] = await SAMPLES[kind]();
      const text = await print(kind, name, report);
      for (const each of wanted) expect(text).toContain(each);
      expect(await print(kind, name, report)).toBe(text);
    });

    test("lets nothing act that comes from elsewhere", async () => {
      const text = await print(kind, name, await HOSTILE_SAMPLES[kind](), { verbose: true, old: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      if (name === "junit") expect(text).not.toContain("<script>");
      const commands = text.split("\n").filter((line) => line.trimStart().startsWith("::"));
      expect(
        commands.every((line) => name === "github" && /^::(error|warning|notice) title=/.test(line)),
      ).toBe(true);
    });
  },
);

test.each(KINDS)("the hostile words are all in the hostile report of %s", async (kind) => {
  const report = JSON.stringify(await HOSTILE_SAMPLES[kind]());
  for (const each of HOSTILE) expect(report).toContain(JSON.stringify(each).slice(1, -1));
});

describe.each(["sarif", "junit", "github"])("%s", (name) => {
  test("names the tool's version and the command that gives a finding again", async () => {
    for (const kind of KINDS) {
      const [report] = await SAMPLES[kind]();
      const text = await print(kind, name, report);
      expect(text).toContain(report.provenance.version);
      expect(text).toContain(report.provenance.reproduce);
      expect(text).toMatch(/--only |--property /);
    }
  });

  test("names what was not seen of C, by table and base", async () => {
    const [report] = await SAMPLES.check();
    const text = await print("check", name, report);
    expect(report.reservations).toEqual([expect.stringMatching(/large\(\) was not searched to its end/)]);
    for (const each of [...report.reservations, report.provenance.table]) expect(text).toContain(each);
  });
});

test("a format that there is not, or not for this report, is refused with those that there are", async () => {
  await expect(loadFormat("check", "pdf")).rejects.toThrow(
    "unknown format 'pdf' (valid: text, json, sarif, junit, github, gitlab)",
  );
  await expect(loadFormat("explore", "mail")).rejects.toThrow(
    "explore has no format 'mail' (valid: text, json, sarif, junit, github, gitlab, lockdep)",
  );
  await expect(loadFormat("gate", "constructor")).rejects.toThrow("unknown format 'constructor'");
});

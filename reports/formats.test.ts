import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as core from "@actions/core";
import draft04 from "ajv-draft-04";
import { parse } from "junit2json";
import PostalMime from "postal-mime";
import { describe, expect, test, vi } from "vitest";
import type { GateReport } from "../gate/report.ts";
import { FORMATS } from "./index.ts";
import { emptyReport, HOSTILE, hostileReport, sampleReport } from "./testing/sample.ts";

const report = await sampleReport();
const hostile = await hostileReport();
const write = (name: string, of: GateReport = report, old = false) => FORMATS[name]?.(of, { old }) ?? "";
const every = Object.keys(FORMATS);

describe.each(every)("%s", (name) => {
  test("names the finding, the tool, the table, the base and the command that gives it again", () => {
    const text = write(name).replace(/\\?\n\s*/g, " ");
    const [finding] = report.new;
    const wanted = ["ptl-held", "age_pte_range", report.provenance.version, report.provenance.table];
    for (const each of wanted) expect(text).toContain(each);
    expect(text).toContain("holdfast gate continue-without-lock.eml");
    const single = ["patchwork"].includes(name) ? "" : `--only ${finding?.digest}`;
    expect(text).toContain(single);
  });

  test("is pure", () => expect(write(name)).toBe(write(name)));

  test("lets nothing in a patch act", () => {
    const text = write(name, hostile);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    if (name === "junit") expect(text).not.toContain("<script>");
    const commands = text.split("\n").filter((line) => line.trimStart().startsWith("::"));
    expect(commands.every((line) => name === "github" && /^::(error|warning|notice) title=/.test(line))).toBe(
      true,
    );
  });
});

describe("sarif", () => {
  const schema = createRequire(import.meta.url).resolve(
    "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
  );
  const validate = new draft04.default({
    strict: false,
    unicodeRegExp: false,
    formats: { uri: true, "uri-reference": true, "date-time": true },
  }).compile(JSON.parse(readFileSync(schema, "utf8")));

  test.each([
    ["sample", report],
    ["hostile", hostile],
  ] as const)("%s is valid by the publisher's schema", (_, of) => {
    const valid = validate(JSON.parse(write("sarif", of)));
    expect(validate.errors).toBeNull();
    expect(valid).toBe(true);
  });

  test("is valid, too, where a finding has no path and no line", () => {
    const bare = report.new.map((each) => ({ ...each, path: [], line: 0 }));
    validate(JSON.parse(write("sarif", { ...report, new: bare })));
    expect(validate.errors).toBeNull();
  });

  test("has the path as a code flow, the last location at the site", () => {
    const [run] = JSON.parse(write("sarif")).runs;
    const locations = run.results[0].codeFlows[0].threadFlows[0].locations;
    expect(locations.at(-1).location.physicalLocation.region.startLine).toBe(report.new[0]?.line);
    expect(run.results[0].baselineState).toBe("new");
  });
});

describe("junit", () => {
  test.each([
    ["sample", report],
    ["hostile", hostile],
  ] as const)("%s is read by a consumer", async (_, of) => {
    const read = await parse(write("junit", of));
    const suite = JSON.parse(JSON.stringify(read)).testsuite[0];
    expect(suite).toMatchObject({ failures: of.new.length, skipped: of.bounds.length });
    expect(suite.testcase[0].failure[0].message).toContain(of.new[0]?.message.slice(0, 10));
  });

  test("nothing new is one passed case", async () => {
    const read = JSON.parse(JSON.stringify(await parse(write("junit", await emptyReport("holds")))));
    expect(read.testsuite[0]).toMatchObject({ tests: 1, failures: 0, skipped: 0 });
  });
});

test("github: annotations are what GitHub's own toolkit writes", () => {
  const [line = ""] = write("github").split("\n");
  const unescaped = (text: string) =>
    text
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%0A", "\n")
      .replaceAll("%0D", "\r")
      .replaceAll("%25", "%");
  const message = unescaped(/^::error [^:]*::(.*)$/.exec(line)?.[1] ?? "");
  const [finding] = report.new;
  const written: string[] = [];
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  core.error(message, { title: "ptl-held", file: finding?.file ?? "", startLine: finding?.line ?? 0 });
  out.mockRestore();
  expect(`${line}\n`).toBe(written.join(""));
});

describe("patchwork", () => {
  test.each([
    ["holds", "success"],
    ["holds-within-bound", "warning"],
  ] as const)("%s posts %s", async (verdict, state) => {
    expect(JSON.parse(write("patchwork", await emptyReport(verdict))).state).toBe(state);
  });

  test("a finding fails, and is described", () => {
    const posted = JSON.parse(write("patchwork"));
    expect(posted.state).toBe("fail");
    expect(posted.description).toMatch(/^new: ptl-held in age_pte_range\(\) at mm\/ageing\.c:\d+/);
  });

  test.each(["nothing-to-check", "error"] as const)("%s posts nothing", async (verdict) => {
    expect(write("patchwork", await emptyReport(verdict))).toBe("");
  });
});

describe("kcidb", () => {
  test("tells of the same mistake in two patches as of one issue", () => {
    const [finding] = report.new;
    if (!finding) throw new Error("no finding");
    const twice = { ...report, new: [finding, { ...finding, patch: 1 }] };
    const { issues, incidents } = JSON.parse(write("kcidb", twice));
    expect([issues.length, incidents.length]).toEqual([1, 2]);
  });

  test("refers to what it defines", () => {
    const { checkouts, builds, tests, issues, incidents, version } = JSON.parse(write("kcidb"));
    expect(version).toEqual({ major: 5, minor: 3 });
    expect(builds[0].checkout_id).toBe(checkouts[0].id);
    expect(tests[0]).toMatchObject({ build_id: builds[0].id, status: "FAIL", path: "holdfast.gate" });
    expect(incidents[0]).toMatchObject({ issue_id: issues[0].id, test_id: tests[0].id });
    expect(checkouts[0].patchset_hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("mail", () => {
  const lines = write("mail").split("\n");

  test("is a reply, in plain text and without tags", async () => {
    const mail = await PostalMime.parse(write("mail"));
    expect(mail.inReplyTo).toBe("<20261103100211.4711-1-rob@example.org>");
    expect(mail.subject).toBe("Re: [PATCH v2 2/3] mm/ageing: wait for folios under writeback");
    expect(mail.to?.[0]?.address).toBe("rob@example.org");
    expect(mail.text).not.toMatch(/^(Reported|Reviewed|Acked|Tested|Nacked|Signed-off)-by:/m);
  });

  test("says what is wrong right under the guilty statement", () => {
    const words = lines.findIndex((line) => line.startsWith("In age_pte_range()"));
    expect(lines.slice(words - 3, words)).toEqual([">> +\t\t\tif (err)", ">> +\t\t\t\tcontinue;", ""]);
  });

  test("is wrapped at 72, but for what it quotes", () => {
    const own = lines.slice(lines.indexOf("")).filter((line) => !line.startsWith(">"));
    expect(own.filter((line) => line.length > 72)).toEqual([]);
  });

  test("is empty where nothing is new", async () => {
    expect(write("mail", await emptyReport("holds"))).toBe("");
  });
});

test("json is one document with what it promises", () => {
  const document = JSON.parse(write("json"));
  expect(Object.keys(document).slice(0, 6)).toEqual([
    "verdict",
    "new",
    "fixed",
    "functions",
    "assumed",
    "bounds",
  ]);
  expect(document.new[0]).toMatchObject({
    rule: "ptl-held",
    path: expect.any(Array),
    line: report.new[0]?.line,
  });
  expect(Object.keys(JSON.parse(write("json", report, true)))).toContain("old");
});

test("the hostile words are all in the hostile report", () => {
  for (const each of HOSTILE) expect(JSON.stringify(hostile)).toContain(JSON.stringify(each).slice(1, -1));
});

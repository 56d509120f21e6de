import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { gate } from "../gate/gate.ts";
import { readMails } from "../gate/intake/mails.ts";
import { fakeJudge } from "../gate/testing/fake-judge.ts";
import { diffOf, type Files, makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { mail } from "./mail.ts";
import { emptyReport, reported, sampleReport } from "./testing/change.ts";

const DIFF = [
  "--- a/mm/x.c",
  "+++ b/mm/x.c",
  "@@ -10,4 +10,7 @@ int first(void)",
  " \tone();",
  "+\tbug_a(lock);",
  " \ttwo();",
  " \tthree();",
  "+\tif (some_condition_that_is_long(with, arguments))",
  "+\t\tbug_b(lock);",
  " \tfour();",
  "--- a/mm/y.c",
  "+++ b/mm/y.c",
  "@@ -1,2 +1,2 @@ int second(void)",
  "-\tone();",
  "+\tuno();",
  " \ttwo();",
  "",
].join("\n");
const header = (...lines: readonly string[]) =>
  ["From: =?UTF-8?Q?J=C3=B6rg?= <j@example.org>", "Subject: [PATCH v2 1/2] mm: x", ...lines, "", ""].join(
    "\n",
  );

async function reply(text: string) {
  const report = await gate(await readMails("x.eml", Buffer.from(text)), { judge: fakeJudge });
  return mail(reported(report), {});
}

describe("a reply", () => {
  test("goes to the sender, and to all who had the mail", async () => {
    const got = await PostalMime.parse(
      await reply(
        `${header('To: "Doe, Jane" <doe@example.org>, list@example.org', "Cc: Max <max@example.org>", "Message-ID: <1@x>")}${DIFF}`,
      ),
    );
    expect(got.to).toEqual([{ name: "Jörg", address: "j@example.org" }]);
    expect(got.cc?.map((each) => ("address" in each ? each.address : ""))).toEqual([
      "doe@example.org",
      "list@example.org",
      "max@example.org",
    ]);
    expect(got.subject).toBe("Re: [PATCH v2 1/2] mm: x");
    expect([got.inReplyTo, got.references]).toEqual(["<1@x>", "<1@x>"]);
    expect(got.text).toMatch(/^Jörg <j@example.org> wrote:\n> --- a\/mm\/x.c\n/);
  });

  test("says each thing under its line, and quotes nothing after the last", async () => {
    const text = await reply(header() + DIFF);
    const own = text.split("\n").flatMap((line, at) => (line.startsWith("In first()") ? [at] : []));
    const quoted = text.split("\n").flatMap((line, at) => (line.startsWith(">") ? [at] : []));
    expect(own).toHaveLength(2);
    expect(Math.max(...quoted)).toBeLessThan(own[1] ?? 0);
    expect(text.split("\n")[(own[0] ?? 0) - 2]).toBe("> +\tbug_a(lock);");
    expect(text.split("\n")[(own[1] ?? 0) - 2]).toBe("> +\t\tbug_b(lock);");
    expect(text).not.toContain("mm/y.c");
  });

  test("of several patches of a series is an mbox, each answering its own", async () => {
    const series = [1, 2].map(
      (part) =>
        `From git@z Mon Sep 17 00:00:00 2001\n${header(`Message-ID: <${part}@x>`).replace("1/2", `${part}/2`)}${DIFF}\n`,
    );
    const text = await reply(series.join(""));
    expect(text.match(/^From \S+ /gm)).toHaveLength(2);
    expect(text.match(/^In-Reply-To: .*$/gm)).toEqual(["In-Reply-To: <1@x>", "In-Reply-To: <2@x>"]);
  });

  test("lets no header in by what the mail says", async () => {
    const text = await reply(
      `${header("To: a@example.org\rBcc: evil@example.org", "Message-ID: <1@x>\rX-Evil: 1")}${DIFF}`,
    );
    const got = await PostalMime.parse(text);
    expect(got.headers.map(({ key }) => key)).not.toEqual(expect.arrayContaining(["bcc"]));
    expect(got.headers.map(({ key }) => key)).not.toEqual(expect.arrayContaining(["x-evil"]));
  });

  test("goes to nobody where an archive shows a name alone", async () => {
    const text = await reply(`Re: [PATCH] mm: x\n\nFrom: J. Roe\nDate: Mon Jan 05 2026\n\n\n${DIFF}`);
    const got = await PostalMime.parse(text);
    expect(got.to).toBeUndefined();
    expect(got.text).toMatch(/^On Mon Jan 05 2026, J\. Roe wrote:\n/);
  });

  test("to a mail that quotes says whom each depth quotes", async () => {
    const quoted = DIFF.split("\n").map((line) => `>> ${line}`.trimEnd());
    const asked = ["On Monday, B wrote:", "> On Sunday, A wrote:", ">> Do it.", ...quoted, "", "Why?", ""];
    const text = await reply(`${header("Message-ID: <2@x>")}${asked.join("\n")}`);
    const lines = text.slice(text.indexOf("wrote:")).split("\n").slice(1, 4);
    expect(lines).toEqual(["> On Monday, B wrote:", ">> On Sunday, A wrote:", ">>> --- a/mm/x.c"]);
  });
});

describe("of code that takes locks", () => {
  const f = (...body: readonly string[]) => ({
    "mm/x.c": ["int f(struct box *box)", "{", ...body.map((each) => `\t${each}`), "}", ""].join("\n"),
  });
  const judged = async (before: Files, after: Files) => {
    const set = await readMails("x.patch", Buffer.from(diffOf(before, after)));
    return reported(await gate(set, { tree: directoryTree(makeTree(before)) }));
  };
  const [start, end] = [
    ["spin_lock(&box->lock);", "if (box->bad) {"],
    ["}", "spin_unlock(&box->lock);", "return 0;"],
  ];

  test("it says what is wrong without a line that is gone", async () => {
    const before = f(...start, "\tspin_unlock(&box->lock);", "\treturn 0;", ...end);
    const text = mail(await judged(before, f(...start, "\treturn 0;", ...end)), {});
    const own = text.slice(text.indexOf("Without")).replaceAll("\n", " ");
    expect(text).toMatch(
      /> -\t\tspin_unlock\(&box->lock\);\n\nWithout this line, f\(\) can return with a lock/,
    );
    expect(own).toContain("released on other paths: box->lock (exit-imbalance).");
  });

  test("it names the callers that the mistake reaches", async () => {
    const caller = (name: string) => `int ${name}(struct box *box)\n{\n\tadd(box);\n\treturn 0;\n}\n`;
    const add = (end: string) =>
      `void add(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tbox->n++;\n${end}}\n`;
    const before = { "a.c": add("\tspin_unlock(&box->lock);\n"), "b.c": caller("one") + caller("two") };
    const text = mail(await judged(before, { ...before, "a.c": add("") }), {});
    expect(text).toContain(
      "\nWithout this line, add() returns with a lock that it has taken:\nbox->lock (exit-imbalance).\n",
    );
    expect(text).toContain("\nThat reaches 2 callers: one(), two().\n");
  });

  test("and where only the hunks were seen, that too", async () => {
    const before = f("spin_lock(&box->lock);", "spin_unlock(&box->lock);", "return 0;");
    const after = f(
      "spin_lock(&box->lock);",
      "spin_unlock(&box->lock);",
      "spin_unlock(&box->lock);",
      "return 0;",
    );
    const alone = await gate(await readMails("x.patch", Buffer.from(diffOf(before, after))));
    const text = mail(reported(alone), {});
    expect(text).toContain("\n\nIn f(), a lock is released that was released before: box->lock\n");
    expect(text).toContain("Only the hunks were looked at");
    expect(mail(await judged(before, after), {})).not.toContain("Only the hunks");
  });
});

describe("the reply to the example mail", async () => {
  const text = mail(await sampleReport(), {});
  const lines = text.split("\n");

  test("is a reply, in plain text and without tags", async () => {
    const read = await PostalMime.parse(text);
    expect(read.inReplyTo).toBe("<20261103100211.4711-1-rob@example.org>");
    expect(read.subject).toBe("Re: [PATCH v2 2/3] mm/ageing: wait for folios under writeback");
    expect(read.to?.[0]?.address).toBe("rob@example.org");
    expect(read.text).not.toMatch(/^(Reported|Reviewed|Acked|Tested|Nacked|Signed-off)-by:/m);
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
    expect(mail(await emptyReport("holds"), {})).toBe("");
  });
});

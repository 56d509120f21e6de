import { describe, expect, test } from "vitest";
import { SEED_MISSING, seedMail } from "../testing/seed.ts";
import { readAllMails, readMails } from "./mails.ts";

const DIFF = [
  "--- a/x.c",
  "+++ b/x.c",
  "@@ -1,2 +1,2 @@ int f(void)",
  "-\ta();",
  "+\tb();",
  " \tc();",
  "",
].join("\n");
const read = (text: string) => readMails("in", Buffer.from(text));
const mail = (headers: Record<string, string>, body: string) =>
  `${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("")}\n${body}`;
const box = (...mails: string[]) =>
  mails.map((each) => `From git@z Mon Sep 17 00:00:00 2001\n${each}\n`).join("");
const patch = (subject: string, id: string, name = "x") =>
  mail({ From: "A <a@b>", Subject: subject, "Message-ID": `<${id}>` }, DIFF.replaceAll("x.c", `${name}.c`));

describe("encodings", () => {
  const expected = ["\ta();", "\tb();", "\tc();"];
  const texts = async (text: string | Buffer) => {
    const set = await readMails("in", Buffer.from(text));
    return set.changes[0]?.diff.files[0]?.hunks[0]?.lines.map((line) => line.text);
  };

  test("a bare patch", async () => expect(await texts(DIFF)).toEqual(expected));
  test("CRLF", async () => expect(await texts(DIFF.replaceAll("\n", "\r\n"))).toEqual(expected));
  test("base64", async () => {
    const body = Buffer.from(DIFF).toString("base64");
    expect(await texts(mail({ Subject: "[PATCH] x", "Content-Transfer-Encoding": "base64" }, body))).toEqual(
      expected,
    );
  });
  test("quoted-printable", async () => {
    const body = DIFF.replaceAll("\t", "=09").replace("a/x.c", "a/x=\n.c");
    const headers = { Subject: "[PATCH] x", "Content-Transfer-Encoding": "quoted-printable" };
    expect(await texts(mail(headers, body))).toEqual(expected);
  });
  test("an attachment", async () => {
    const body = `--B\nContent-Type: text/plain\n\nsee there\n--B\nContent-Type: text/x-patch; name=x.patch\nContent-Disposition: attachment\n\n${DIFF}\n--B--\n`;
    expect(
      await texts(mail({ Subject: "[PATCH] x", "Content-Type": "multipart/mixed; boundary=B" }, body)),
    ).toEqual(expected);
  });
  test("bytes that are not UTF-8", async () => {
    expect(await texts(Buffer.concat([Buffer.from("M\xfcller\n", "latin1"), Buffer.from(DIFF)]))).toEqual(
      expected,
    );
  });
  test("binary data is refused", async () => {
    await expect(read("\0\0PNG")).rejects.toThrow("in: binary data, not a patch or mail");
  });
  test("a mail without a diff is refused", async () => {
    await expect(read(mail({ Subject: "hello" }, "world"))).rejects.toThrow("in: no diff in it");
  });
});

describe("a series", () => {
  const labels = async (...mails: string[]) => {
    const set = await read(box(...mails));
    return { labels: set.changes.map(({ messageId }) => messageId), notes: set.notes, bounds: set.bounds };
  };

  test("is put in order", async () => {
    const got = await labels(patch("[PATCH 2/2] b", "2"), patch("[PATCH 1/2] a", "1"));
    expect(got.labels).toEqual(["1", "2"]);
    expect(got.notes).toEqual(["read <1>, <2>"]);
  });

  test("the newest complete version is taken, and said", async () => {
    const got = await labels(
      patch("[PATCH 1/1] a", "old"),
      patch("[PATCH mm v2 1/2] a", "v2-1"),
      patch("[PATCH mm v2 2/2] b", "v2-2"),
      patch("[PATCH mm v3 2/2] b", "v3-2"),
      patch("Re: [PATCH mm v3 1/2] a", "reply"),
    );
    expect(got.labels).toEqual(["v2-1", "v2-2"]);
    expect(got.notes).toEqual([
      "took v2 of v1, v2, v3",
      "read <v2-1>, <v2-2>",
      "passed over: the diff of a reply, <reply>",
    ]);
    expect(got.bounds).toEqual(["passed over: v3 lacks part 1 of 2"]);
  });

  test("that is complete in no version has its hole as a bound", async () => {
    const got = await labels(patch("[PATCH 1/3] a", "1"), patch("[PATCH 3/3] c", "3"));
    expect(got.bounds).toEqual(["v1 lacks part 2 of 3"]);
  });

  test("of which one patch is there lacks the others, also where a reply quotes it", async () => {
    const bounds = ["v5 lacks parts 1, 2 of 3"];
    expect((await read(patch("[PATCH v5 3/3] x", "3"))).bounds).toEqual(bounds);
    expect((await read(patch("[PATCHv5 3/3] x", "3"))).bounds).toEqual(bounds);
    expect((await read(patch("[RFC v5 3/3] x", "3"))).bounds).toEqual(bounds);
    const quoted = DIFF.split("\n").map((line) => `> ${line}`);
    expect((await read(mail({ Subject: "Re: [PATCH v5 3/3] x" }, quoted.join("\n")))).bounds).toEqual(bounds);
  });

  test("may come in several files", async () => {
    const [one, two, other] = ["[PATCH 1/2] a", "[PATCH 2/2] b", "[PATCH v2 2/2] b"].map((subject) => ({
      name: subject,
      bytes: Buffer.from(patch(subject, subject)),
    }));
    if (!one || !two || !other) throw new Error("no mail");
    expect(await readAllMails([one, two])).toMatchObject({ bounds: [], changes: [{}, {}] });
    expect((await readAllMails([one])).bounds).toEqual(["v1 lacks part 2 of 2"]);
    expect((await readAllMails([one, other])).bounds).toEqual([
      "v1 lacks part 2 of 2",
      "v2 lacks part 1 of 2",
    ]);
  });

  test("may stand beside another one in a mailbox: both are read", async () => {
    const both = ["[PATCH 1/2] a", "[PATCH 2/2] b", "[PATCH 1/3] c", "[PATCH 3/3] e", "[PATCH 2/3] d"];
    const got = await labels(...both.map((subject) => patch(subject, subject.slice(-1))));
    expect([got.labels, got.bounds]).toEqual([["a", "b", "c", "d", "e"], []]);
  });

  test("takes the later of a part that is there twice, and says so", async () => {
    const got = await labels(
      patch("[PATCH 1/2] a", "1"),
      patch("[PATCH 2/2] b", "old"),
      patch("[PATCH 2/2] b", "2"),
    );
    expect(got.labels).toEqual(["1", "2"]);
    expect(got.notes).toContain("took the later of part 2 of 2");
    expect(got.bounds).toEqual([]);
  });

  test("hides no patch of another title", async () => {
    const twice = await labels(patch("[PATCH 1/1] a", "1"), patch("[PATCH 1/1] b", "2"));
    expect(twice.bounds).toEqual(["not judged: '[PATCH 1/1] a', as part 1 of 1 is there twice"]);
    const newer = await labels(patch("[PATCH] a", "1"), patch("[PATCH v2] b", "2"));
    expect(newer.bounds).toEqual(["not judged: '[PATCH] a', as v2 was taken"]);
    expect((await labels(patch("[PATCH] a", "1"), patch("[PATCH v2] a", "2"))).bounds).toEqual([]);
  });

  test("with a patch whose text is not read names it", async () => {
    const html = mail({ From: "A <a@b>", Subject: "[PATCH] h", "Content-Type": "text/html" }, "<pre></pre>");
    expect((await labels(patch("[PATCH] x", "1"), html)).bounds).toEqual(["no diff in '[PATCH] h'"]);
  });

  test("says its version in words that may be encoded", async () => {
    const got = await labels(patch("[PATCH] a", "1"), patch("=?UTF-8?Q?[PATCH_v2]_J=C3=B6rg?=", "2"));
    expect([got.labels, got.notes]).toEqual([["2"], ["took v2 of v1, v2", "read <2>"]]);
  });

  test("its base commit is read", async () => {
    const set = await read(`${patch("[PATCH] x", "1")}\nbase-commit: ${"ab".repeat(20)}\n`);
    expect(set.baseCommit).toBe("ab".repeat(20));
  });

  test("and where a reply quotes it", async () => {
    const quoted = `${DIFF}\nbase-commit: ${"ab".repeat(20)}`.split("\n").map((line) => `> ${line}`);
    const set = await read(
      mail({ From: "B <b@c>", Subject: "Re: [PATCH] x" }, `${quoted.join("\n")}\n\nHm.\n`),
    );
    expect(set.baseCommit).toBe("ab".repeat(20));
  });
});

test("a reply that quotes: its words are no part of the diff", async () => {
  const quoted = DIFF.split("\n")
    .map((line) => `> ${line}`)
    .toSpliced(4, 0, "", "Is this right?", "");
  const set = await read(mail({ Subject: "Re: [PATCH] x" }, quoted.join("\n")));
  const [change] = set.changes;
  expect(change?.depth).toBe(1);
  expect(change?.diff.files[0]?.hunks[0]).toMatchObject({ missing: 0 });
  expect(change?.comments[0]?.lines.map(({ text }) => text)).toContain("Is this right?");
  expect(set.notes).toEqual(["read the diff quoted at depth 1"]);
});

describe("a diffstat", () => {
  const bounds = async (stat: string) =>
    (await read(mail({ Subject: "[PATCH] x" }, `${stat}\n\n${DIFF}`))).bounds;

  test("that counts more files than there are is a bound", async () => {
    expect(
      await bounds("Why.\n---\n x.c | 2 +-\n y.c | 2 +-\n 2 files changed, 2 insertions(+), 2 deletions(-)"),
    ).toEqual(["[PATCH] x: its diffstat counts 2 files, and its diff has 1: it may be cut off"]);
  });

  test("that counts as many is none", async () => {
    expect(await bounds("Why.\n---\n x.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)")).toEqual(
      [],
    );
  });
});

test("a mail in HTML is not taken for a patch", async () => {
  const text = mail({ Subject: "[PATCH] x", "Content-Type": "text/html" }, `<pre>${DIFF}</pre>`);
  await expect(read(text)).rejects.toThrow("in: no diff in it but perhaps in HTML, which is not read");
});

test("the Message-Id of a forwarded patch is said, too", async () => {
  expect((await read(patch("Fwd: [PATCH] x", "7"))).notes).toEqual(["read <7>"]);
});

test("the seed: a page of an archive that quotes at depth 2, white space collapsed", async (context) => {
  const seed = seedMail();
  if (!seed) return context.skip(SEED_MISSING);
  const [change] = (await readMails("seed", seed)).changes;
  expect(change?.subject).toMatch(/^Re: \[PATCH v5 6\/6\]/);
  expect(change).toMatchObject({ depth: 2, from: "Ryan Roberts" });
  expect(change?.diff.collapsed).toBe(true);
  const hunks = change?.diff.files.map(({ after, hunks: each }) => [
    after,
    each.length,
    each.every((hunk) => hunk.missing === 0),
  ]);
  expect(hunks).toEqual([
    ["include/linux/pgtable.h", 1, true],
    ["mm/internal.h", 4, true],
    ["mm/madvise.c", 3, true],
    ["mm/memory.c", 2, true],
  ]);
});

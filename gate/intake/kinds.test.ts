import { describe, expect, test } from "vitest";
import { damageOf } from "../diff/damage.ts";
import { readMails } from "./mails.ts";

const DIFF = [
  "--- a/mm/x.c",
  "+++ b/mm/x.c",
  "@@ -1,2 +1,2 @@ int f(void)",
  "-\ta();",
  "+\tb();",
  " \tc();",
  "",
].join("\n");
const ONE = [["mm/x.c", "mm/x.c", 3]];

/** A mail; its headers are those that every mail has, and these. */
const mail = (subject: string, body: string, ...headers: readonly string[]): string =>
  [`From: A <a@b>`, `Subject: ${subject}`, "Message-ID: <1@x>", ...headers, "", body].join("\n");
const read = (text: string) => readMails("in", Buffer.from(text));
async function files(text: string) {
  const { changes } = await read(text);
  return changes.flatMap(({ diff }) =>
    diff.files.map(({ before, after, hunks }) => [
      before,
      after,
      hunks.reduce((sum, { lines }) => sum + lines.length, 0),
    ]),
  );
}

describe("kinds of mails", () => {
  const part = (type: string, body: string, ...headers: readonly string[]) =>
    ["--B", `Content-Type: ${type}`, ...headers, "", body].join("\n");
  const multipart = (kind: string, ...parts: readonly string[]) =>
    mail("[PATCH] x", `${parts.join("\n")}\n--B--\n`, `Content-Type: multipart/${kind}; boundary=B`);
  const base64 = Buffer.from(mail("[PATCH] inner", DIFF)).toString("base64");

  test.each([
    [
      "format=flowed, blanks stuffed",
      mail("[PATCH] x", DIFF.replace(/^ /gm, "  "), "Content-Type: text/plain; format=flowed"),
    ],
    [
      "with the author in its body, notes and a signature",
      mail("[PATCH] x", `From: B <b@c>\n\nWhy.\n\n---\nv2: less\n\n mm/x.c | 2 +-\n\n${DIFF}-- \n2.40.1\n`),
    ],
    [
      "also as HTML",
      multipart("alternative", part("text/plain", DIFF), part("text/html", `<pre>${DIFF}</pre>`)),
    ],
    [
      "signed",
      multipart(
        "signed",
        part("text/plain", DIFF, "Content-Transfer-Encoding: quoted-printable"),
        part("application/pgp-signature", "-----BEGIN PGP SIGNATURE-----"),
      ),
    ],
    [
      "an attachment of no known type",
      multipart(
        "mixed",
        part("text/plain", "see there"),
        part(
          "application/octet-stream",
          base64,
          "Content-Transfer-Encoding: base64",
          "Content-Disposition: attachment; filename=0001-x.patch",
        ),
      ),
    ],
    ["after scissors in a reply", mail("Re: x", `> why?\n\nLike this:\n\n-- >8 --\n${DIFF}`)],
    [
      "what git show prints",
      `commit ${"ab".repeat(20)}\nAuthor: A <a@b>\n\n    mm: x\n\ndiff --git a/mm/x.c b/mm/x.c\n${DIFF}`,
    ],
    ["without prefixes", DIFF.replaceAll("a/mm", "mm").replaceAll("b/mm", "mm")],
    [
      "quilt",
      `Subject: x\n\nIndex: linux/mm/x.c\n${"=".repeat(67)}\n${DIFF.replace("a/", "linux.orig/").replace("b/", "linux/")}`,
    ],
  ])("%s", async (_, text) => expect(await files(text)).toEqual(ONE));

  test("lines that a mailer broke are refused, by the line", async () => {
    const [change] = (await read(DIFF.replace("int f(void)", "int f(void,\nint b)"))).changes;
    expect(() => change && damageOf(change.diff, false)).toThrow(/line 3: hunk of mm\/x.c lacks/);
  });
});

describe("kinds of changes", () => {
  const hunk = DIFF.split("\n").slice(2).join("\n");
  const header = (from: string, to: string, ...more: readonly string[]) =>
    [`diff --git ${from} ${to}`, ...more, ""].join("\n");

  test.each([
    [
      "a rename with a change",
      `${header("a/mm/a.c", "b/mm/b.c", "similarity index 90%", "rename from mm/a.c", "rename to mm/b.c")}--- a/mm/a.c\n+++ b/mm/b.c\n${hunk}`,
      [["mm/a.c", "mm/b.c", 3]],
    ],
    [
      "a rename without prefixes",
      header("mm/a.c", "mm/b.c", "similarity index 100%", "rename from mm/a.c", "rename to mm/b.c"),
      [["mm/a.c", "mm/b.c", 0]],
    ],
    ["a mode", header("a/s.sh", "b/s.sh", "old mode 100644", "new mode 100755"), [["s.sh", "s.sh", 0]]],
    [
      "a binary, and a file behind it",
      `${header("a/l.png", "b/l.png", "index 1..2", "GIT binary patch", "literal 3", "KcmZQzU|?_n", "", "literal 0", "HcmV?d00001", "")}${header("a/mm/x.c", "b/mm/x.c")}${DIFF}`,
      [["l.png", "l.png", 0], ...ONE],
    ],
    [
      "a file made, one taken away",
      `${header("a/n.c", "b/n.c", "new file mode 100644")}--- /dev/null\n+++ b/n.c\n@@ -0,0 +1 @@\n+int a;\n${header("a/d.c", "b/d.c", "deleted file mode 100644")}--- a/d.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-int a;\n`,
      [
        [undefined, "n.c", 1],
        ["d.c", undefined, 1],
      ],
    ],
  ])("%s", async (_, text, expected) => expect(await files(text)).toEqual(expected));
});

test("a thread of b4: the newest of three versions, with its base", async () => {
  const box = (id: string, subject: string, body: string) =>
    `From mboxrd@z Thu Jan  1 00:00:00 1970\n${mail(subject, body).replace("1@x", id)}\n`;
  const quoted = DIFF.split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  const thread = [
    box("v1-0", "[PATCH 0/1] mm: cover", `words\n\nbase-commit: ${"ab".repeat(20)}`),
    box("v1-1", "[PATCH 1/1] mm: x", DIFF),
    box("r1", "Re: [PATCH 1/1] mm: x", quoted),
    box("v3-2", "[PATCH v3 2/2] mm: y", DIFF),
    box("v2-1", "[PATCH v2 1/1] mm: x", DIFF),
    box("r2", "Re: [PATCH v2 1/1] mm: x", quoted),
    box("v3-0", "[PATCH v3 0/2] mm: cover", `words\n\nbase-commit: ${"cd".repeat(20)}`),
    box("v3-1", "[PATCH v3 1/2] mm: x", DIFF),
  ].join("");
  const set = await read(thread);
  expect(set.changes.map(({ messageId }) => messageId)).toEqual(["v3-1", "v3-2"]);
  expect(set.baseCommit).toBe("cd".repeat(20));
  expect(set.notes).toEqual(["took v3 of v1, v2, v3", "read <v3-1>, <v3-2>"]);
});

import fc from "fast-check";

/** One edit of a text's lines; positions are fractions of its length. */
export type Edit =
  | { readonly kind: "delete" | "repeat" | "reverse" | "mark"; readonly at: number; readonly count: number }
  | { readonly kind: "insert" | "replace"; readonly at: number; readonly text: string }
  | { readonly kind: "cut"; readonly at: number };

/** What breaks readers of patches and mails. */
const TOKENS = [
  "@@ -1,3 +1,4 @@ int f(void)",
  "@@ -0,0 +1,99999999 @@",
  "@@@ -1 -1 +1 @@@",
  "--- a/../../../etc/passwd",
  "+++ /etc/passwd",
  "diff --git a/x b/../y",
  "rename from ../x",
  "GIT binary patch",
  "Binary files a/x.c and b/x.c differ",
  "\\ No newline at end of file",
  ">>>>>>>> +x",
  "> ",
  "From x Mon Sep 17 00:00:00 2001",
  "Content-Transfer-Encoding: base64",
  "Content-Type: multipart/mixed; boundary=x",
  "--x",
  "+}",
  "-{",
  " /*",
  "+ */",
  "+#if X",
  "+\tgoto out;",
  "+static int g(int a)",
  "\u001b[2J",
  "\ufffd\ufffe",
  "\r",
  "a".repeat(5_000),
  "(".repeat(2_000),
  "+{".repeat(500),
];

const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const line = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...TOKENS) }, fc.string({ maxLength: 60 }));

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("delete" as const, "repeat" as const, "reverse" as const, "mark" as const),
    at: fraction,
    count: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({ kind: fc.constantFrom("insert" as const, "replace" as const), at: fraction, text: line }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.double({ min: 0.6, max: 1, noNaN: true }) }),
);

export function mutate(text: string, edits: readonly Edit[]): string {
  return edits.reduce((sofar, each) => apply(sofar.split("\n"), each).join("\n"), text);
}

function apply(lines: readonly string[], each: Edit): readonly string[] {
  const at = Math.floor(each.at * lines.length);
  switch (each.kind) {
    case "delete":
      return lines.toSpliced(at, each.count);
    case "repeat":
      return lines.toSpliced(at, 0, ...lines.slice(at, at + each.count));
    case "reverse":
      return lines.toSpliced(at, each.count, ...lines.slice(at, at + each.count).toReversed());
    case "mark":
      return lines.toSpliced(at, each.count, ...lines.slice(at, at + each.count).map((one) => `> ${one}`));
    case "insert":
      return lines.toSpliced(at, 0, each.text);
    case "replace":
      return lines.toSpliced(at, 1, each.text);
    case "cut":
      return lines.slice(0, at);
  }
}

import type { Edit } from "../mutate/edit.ts";
import { releasedBy } from "../mutate/lock.ts";
import { type CallStatement, callStatements, type ScannedFunction } from "../mutate/scan.ts";

/** A function of a text. */
export interface Subject {
  readonly text: string;
  /** The text blanked. */
  readonly code: string;
  readonly in: ScannedFunction;
}

/** A way to write the same code differently. */
export interface PreservingKind {
  readonly name: string;
  /** All ways to do so in a function; each is made of edits that belong together. */
  edits(subject: Subject): readonly (readonly Edit[])[];
}

const releases = ({ code, in: each }: Subject): readonly CallStatement[] =>
  callStatements(code, each).filter(({ name }) => releasedBy(name));

const atReleases = (text: (call: CallStatement) => string) => (subject: Subject) =>
  releases(subject).map((call) => [{ at: call.at, end: call.end, text: text(call) }]);

export const preservingKinds: readonly PreservingKind[] = [
  { name: "renamed local", edits: renamed },
  { name: "moved function", edits: moved },
  { name: "added comment", edits: atReleases(({ text }) => `/* ${text} is due */ ${text}`) },
  {
    name: "added logging",
    edits: atReleases(({ text }) => `{ pr_debug("%s: done\\n", __func__); ${text} }`),
  },
  { name: "extracted helper", edits: extracted },
  { name: "goto out to guard()", edits: guarded },
  {
    name: "unlock in both branches",
    edits: atReleases(({ text }) => `{ if (need_resched()) ${text} else ${text} }`),
  },
  { name: "balanced pair", edits: paired },
];

/** Each local that a plain declaration introduces; members of the same name keep theirs. */
function renamed({ code, in: { start, end } }: Subject): readonly (readonly Edit[])[] {
  const body = code.slice(start, end);
  const declared = [
    ...body.matchAll(/^\t(?:struct \w+ \*|unsigned long |int |bool |spinlock_t \*)(\w+)(?= ?[;=])/gm),
  ];
  const names = declared.flatMap(([, name]) => name ?? []);
  return names.map((name) =>
    [...body.matchAll(new RegExp(`(?<![\\w.]|->)${name}\\b(?!\\s*:)`, "g"))].map(({ index }) => {
      const at = start + index;
      return { at, end: at + name.length, text: `renamed_${name}` };
    }),
  );
}

/** To the end of the file; what it calls is declared well before. A conditional around it would move too. */
function moved({ text, code, in: each }: Subject): readonly (readonly Edit[])[] {
  if (releases({ text, code, in: each }).length === 0) return [];
  const whole = text.slice(each.from, each.end + 1);
  return [
    [
      { at: each.from, end: each.end + 1, text: "" },
      { at: code.length, end: code.length, text: `\n${whole}\n` },
    ],
  ];
}

/** The release of a lock that parameters name, as a function of its own. */
function extracted(subject: Subject): readonly (readonly Edit[])[] {
  const { code, in: each } = subject;
  return releases(subject).flatMap(({ name, arguments: [lock = "", ...others], at, end }) => {
    const found = /^&(\w+)->(\w+)$/.exec(lock);
    const type =
      found &&
      new RegExp(`struct (\\w+) \\*${found[1]}\\b`).exec(each.head + code.slice(each.start, at))?.[1];
    if (!found || !type || others.length > 0) return [];
    const [, root, member] = found;
    const helper = `static void drop_${member}(struct ${type} *owner)\n{\n\t${name}(&owner->${member});\n}\n\n`;
    return [
      [
        { at: each.from, end: each.from, text: helper },
        { at, end, text: `drop_${member}(${root});` },
      ],
    ];
  });
}

const GUARDS: Readonly<Record<string, readonly [string, string]>> = {
  mutex_lock: ["mutex_unlock", "mutex"],
  spin_lock: ["spin_unlock", "spinlock"],
};

/** A lock of the outermost block whose only release stands under the label that ends the function. */
function guarded(subject: Subject): readonly (readonly Edit[])[] {
  const { code, in: each } = subject;
  const calls = callStatements(code, each);
  return calls.flatMap((taken) => {
    const [release, guard] = GUARDS[taken.name] ?? [];
    const isOf = (name: string | undefined) => (call: CallStatement) =>
      call.name === name && call.arguments.join() === taken.arguments.join();
    const all = calls.filter((call) => isOf(taken.name)(call) || isOf(release)(call));
    const last = all[1];
    if (guard === undefined || !last || all.length !== 2 || !code.slice(0, taken.at).endsWith("\n\t"))
      return [];
    const isEnding = /^\w+:\s*$/.test(
      code.slice(code.lastIndexOf("\n", code.lastIndexOf(":", last.at)) + 1, last.at),
    );
    if (!isEnding || !/^\s*return\b[^;]*;\s*$/.test(code.slice(last.end, each.end))) return [];
    if (
      /\breturn\b/.test(code.slice(taken.end, last.at)) ||
      /\bgoto\b/.test(code.slice(each.start, taken.at))
    )
      return [];
    return [
      [
        { at: taken.at, end: taken.end, text: `guard(${guard})(${taken.arguments.join()});` },
        { at: last.at, end: last.end, text: ";" },
      ],
    ];
  });
}

/** A lock that nothing else knows, taken and released at once; it may be taken where sleeping is not allowed. */
function paired(subject: Subject): readonly (readonly Edit[])[] {
  return releases(subject).map(({ at, end, text }) => [
    { at, end, text: `{ preempt_disable(); barrier(); preempt_enable(); ${text} }` },
  ]);
}

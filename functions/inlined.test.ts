import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pair } from "../bench/inline/pair.ts";
import { type Judges, judgeSite } from "../bench/inline/site.ts";
import { checkSource } from "./check.ts";
import { oneForEachMistake } from "./mistakes.ts";

/**
 * What is said of a caller by the summary of what it calls is what is said of it with the callee's body in place of the
 * call (bench/inline lays it, in C text): of C that is made up here, and of a kernel in bench/inline.
 */

const LOCKS = {
  mutex: { take: "mutex_lock(&box->mutex);", drop: "mutex_unlock(&box->mutex);" },
  spinlock: { take: "spin_lock(&box->lock);", drop: "spin_unlock(&box->lock);" },
} as const;

type Lock = (typeof LOCKS)[keyof typeof LOCKS];
const condition = fc.constantFrom("flag", "!flag", "flag == 2", "box->full", "box->count > 1");
const plain = fc.constantFrom("box->count++;", "msleep(1);", "box->full = false;", "cpu_relax();");
const LEAVES = ["return 0;", "return -EAGAIN;", "return box->count;"];

type Make = fc.Arbitrary<string>;

/** Statements that give back what they take of these locks; some of them leave. */
const balancedBy = (locks: readonly Lock[], out: readonly string[]): Make => {
  const lock = fc.constantFrom(...locks);
  return fc.oneof(
    plain,
    fc.tuple(condition, plain).map(([asked, does]) => `if (${asked}) { ${does} }`),
    ...out.map((each) => condition.map((asked) => `if (${asked}) ${each}`)),
    fc.tuple(lock, plain).map(([{ take, drop }, does]) => `${take} ${does} ${drop}`),
    fc
      .tuple(condition, lock)
      .map(([asked, { take, drop }]) => `if (${asked}) { ${take} box->count++; ${drop} }`),
    ...out.map((each) =>
      fc
        .tuple(condition, lock)
        .map(([asked, { take, drop }]) => `${take} if (${asked}) { ${drop} ${each} } box->count++; ${drop}`),
    ),
  );
};

/** How a callee and its caller share a lock: what the callee does at its end, what stands around the call. */
interface Shared {
  readonly locks: readonly Lock[];
  readonly inner: string;
  readonly before: string;
  readonly after: string;
}

const ALL = Object.values(LOCKS);
const ALONE: Shared = { locks: ALL, inner: "", before: "", after: "" };

/** Right, and wrong. What the callee hands on or drops, the rest of it leaves alone, and it has one way there. */
function sharedBy(lock: Lock): readonly Shared[] {
  const { take, drop } = lock;
  const others = ALL.filter((each) => each !== lock);
  const handing = [
    ...[take, `if (box->full) return -EAGAIN; ${take}`].flatMap((inner) => [
      { inner, before: "", after: drop },
      { inner, before: "", after: "" },
      { inner, before: take, after: drop },
    ]),
    ...[drop, `if (flag) ${drop}`].flatMap((inner) => [
      { inner, before: take, after: "" },
      { inner, before: take, after: drop },
    ]),
    { inner: `${drop} box->count++; ${take}`, before: take, after: drop },
    { inner: `${drop} msleep(1); ${take}`, before: take, after: "" },
  ];
  return [
    { locks: ALL, inner: "", before: take, after: drop },
    { locks: ALL, inner: "", before: take, after: "" },
    ...handing.map((each) => ({ locks: others, ...each })),
  ];
}

const shared = fc.oneof(
  fc.constant(ALONE),
  fc.constantFrom(...ALL).chain((each) => fc.constantFrom(...sharedBy(each))),
);

const uses = fc.constantFrom(
  ...["inner(&shelf->box, GIVEN);", "err = inner(&shelf->box, GIVEN);"],
  ...[
    "err = inner(&shelf->box, GIVEN); if (err) return err;",
    "if (inner(&shelf->box, GIVEN)) return -EBUSY;",
  ],
);

const both: Make = shared
  .chain((way) =>
    fc.record({
      ...{
        way: fc.constant(way),
        body: fc.array(balancedBy(way.locks, way.inner === "" ? LEAVES : []), { maxLength: 2 }),
      },
      ...{
        out: fc.constantFrom(...LEAVES),
        use: uses,
        between: fc.constantFrom("box->count++;", "cpu_relax();"),
        given: fc.constantFrom("0", "1", "2", "flag"),
      },
    }),
  )
  .map(({ way, body, out, use, between, given }) => {
    const own = (text: string) => text.replaceAll("box->", "shelf->box.");
    // Who hands a lock on has not failed.
    const last = way.inner === "" ? out : "return 0;";
    const inner = [...body, way.inner, last];
    const outer = [own(way.before), use.replace("GIVEN", given), own(between), own(way.after), "return 0;"];
    return [
      functionOf("static int inner(struct box *box, int flag)", inner),
      functionOf("int outer(struct shelf *shelf, int flag)", ["int err;", ...outer]),
    ].join("\n");
  });

const functionOf = (head: string, lines: readonly string[]): string =>
  `${head}\n{\n\t${lines.filter((each) => each !== "").join("\n\t")}\n}\n`;

const FILE = "drivers/shelf.c";

/** By the file alone. */
const judges: Judges = {
  judge: (texts) => async (file, functions) => {
    const result = await checkSource(
      { file, text: texts.get(file) ?? "" },
      { audit: true, causes: true, functions },
    );
    return { ...result, findings: oneForEachMistake(result.findings), left: [] };
  },
};

/** @param seen the text by whose summaries the caller is judged. */
function judgeText(text: string, seen = text) {
  const source = { file: FILE, text };
  const pair: Pair = {
    caller: { source, name: "outer" },
    callee: { source, name: "inner" },
    ...{ nth: 0, kind: "changes a lock" },
  };
  const whole: Judges = { judge: (texts) => judges.judge(new Map([[FILE, seen], ...texts])) };
  return judgeSite({ pair, mistake: undefined }, whole);
}

const MADE = 200;

test("a caller is judged by summary as with the callee's body in place of the call", async () => {
  const wrong: string[] = [];
  let [found, unknown] = [0, 0];
  for (const text of fc.sample(both, { seed: 1, numRuns: MADE })) {
    const compared = await judgeText(text);
    if (compared.found > 0) found++;
    if (compared.outcome === "unknown") unknown++;
    else if (compared.outcome !== "same")
      wrong.push(`${compared.outcome}: ${[...compared.missed, ...compared.extra].join()}\n${text}`);
  }
  expect(wrong).toEqual([]);
  expect(found).toBeGreaterThan(MADE / 4);
  expect(unknown).toBeLessThan(MADE / 50);
});

test("a summary that says too little is seen", async () => {
  const text = `${functionOf("static int inner(struct box *box, int flag)", ["spin_lock(&box->lock);", "return 0;"])}
${functionOf("int outer(struct shelf *shelf, int flag)", ["inner(&shelf->box, 1);", "msleep(1);", "spin_unlock(&shelf->box.lock);", "return 0;"])}`;
  expect(await judgeText(text)).toMatchObject({ outcome: "same", found: 1 });
  const silent = text.replace("spin_lock(&box->lock);", "");
  expect(await judgeText(text, silent)).toMatchObject({
    outcome: "summary misses",
    missed: ["no-sleep-in-atomic lock"],
  });
});

test("a callee whose body takes another lock on the way is laid where its conditions decide", async () => {
  const inner = [
    "struct txn *txn;",
    "if (flag) {",
    "\tmutex_lock(&box->mutex);",
    "\ttxn = idr_find(&box->txns, flag);",
    "\tspin_lock(&txn->guard);",
    "\ttxn->done = true;",
    "\tspin_unlock(&txn->guard);",
    "\tmutex_unlock(&box->mutex);",
    "}",
    "return 0;",
  ];
  const outer = [
    "mutex_lock(&shelf->box.mutex);",
    "inner(&shelf->box, flag);",
    "mutex_unlock(&shelf->box.mutex);",
    "return 0;",
  ];
  const text = `${functionOf("static int inner(struct box *box, int flag)", inner)}
${functionOf("int outer(struct shelf *shelf, int flag)", outer)}`;
  const compared = await judgeText(text);
  expect(compared).toMatchObject({ outcome: "same", found: 1, missed: [], extra: [] });
});

test("a lock that a callee drops behind its sleep is told as the one that is held", async () => {
  const text = `${functionOf("static void inner(struct box *box)", ["msleep(1);", "spin_unlock(&box->lock);"])}
${functionOf("void outer(struct shelf *shelf)", ["spin_lock(&shelf->box.lock);", "inner(&shelf->box);"])}`;
  const { findings } = await checkSource({ file: FILE, text });
  expect(findings.map(({ rule, lock }) => `${rule} ${lock}`)).toEqual(["no-sleep-in-atomic shelf->box.lock"]);
});

test("an error that is read off an object does not hand the object's lock on", async () => {
  const text = functionOf("int outer(struct box *box)", [
    "if (IS_ERR(box))",
    "\treturn PTR_ERR(box);",
    "mutex_lock(&box->mutex);",
    "if (box->full)",
    "\treturn 0;",
    "mutex_unlock(&box->mutex);",
    "return 0;",
  ]);
  const { findings } = await checkSource({ file: FILE, text });
  expect(findings.map(({ rule }) => rule)).toEqual(["exit-imbalance"]);
});

test("a callee that drops a lock on some ways, and returns the same on all, is named unknown", async () => {
  const inner = ["if (box->full)", "\tspin_unlock(&box->lock);", "return 0;"];
  const text = `${functionOf("static int inner(struct box *box)", inner)}
${functionOf("int outer(struct shelf *shelf)", ["spin_lock(&shelf->box.lock);", "return inner(&shelf->box);"])}`;
  const { bounds } = await checkSource({ file: FILE, text });
  expect(bounds).toEqual([`${FILE}:11: outer(): the effect of inner() on locks is unknown`]);
});

import { describe, expect, test } from "vitest";
import { loadParser } from "../../model/c/index.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { openTreeIndex } from "../../tree/index/tree-index.ts";
import { makeTree } from "../../tree/testing/tree.ts";
import { breaksOf } from "./break.ts";
import { chooseSites } from "./choose.ts";
import { JudgedTree } from "./judged.ts";
import { PassedOver } from "./lay.ts";
import { kindsOf, type Pair, scanned } from "./pair.ts";
import { inlinedText, judgeSite } from "./site.ts";

const pairOf = (callerText: string, calleeText: string, far = false): Pair => {
  const [near, other] = ["drivers/box/main.c", "drivers/box/helper.c"];
  const caller = { file: near, text: far ? callerText : `${calleeText}\n${callerText}` };
  const callee = far ? { file: other, text: calleeText } : caller;
  return {
    caller: { source: caller, name: "outer" },
    callee: { source: callee, name: "inner" },
    nth: 0,
    kind: "changes a lock",
  };
};

const outerOf = (text: string): string => text.slice(text.indexOf("outer(")).replace(/\s+/g, " ").trim();

const laid = (callerText: string, calleeText: string): string =>
  outerOf(inlinedText({ pair: pairOf(callerText, calleeText), mistake: undefined }).text);

const LOCKING = `
static int inner(struct box *box, int wanted)
{
	int err = 0;

	spin_lock(&box->lock);
	if (box->count < wanted) {
		err = -EAGAIN;
		goto out;
	}
	if (wanted == 0)
		return box->count;
	box->count -= wanted;
out:
	spin_unlock(&box->lock);
	return err;
}
`;

describe("a body in place of its call", () => {
  test("has the argument where a parameter stood, returns that jump, and labels and locals of its own", () => {
    const text = laid(
      "\nstatic int outer(struct shelf *shelf)\n{\n\tint err;\n\n\terr = inner(&shelf->box, 3);\n\tif (err)\n\t\tgoto out;\n\tshelf->took++;\nout:\n\treturn err;\n}\n",
      LOCKING,
    );
    expect(text).toBe(
      outerOf(`outer(struct shelf *shelf)
{
	int err;

	{
	int called;
	{
	int own_err = 0;

	spin_lock(&shelf->box.lock);
	if (shelf->box.count < 3) {
		own_err = -EAGAIN;
		goto own_out;
	}
	if (3 == 0)
		{ called = shelf->box.count; goto out_of_call; }
	shelf->box.count -= 3;
own_out:
	spin_unlock(&shelf->box.lock);
	called = own_err;
	out_of_call: ;
	}
	err = called;
	}
	if (err)
		goto out;
	shelf->took++;
out:
	return err;
}`),
    );
  });

  test("stands before a condition or a return that uses its result", () => {
    const plain = "static int inner(struct box *box)\n{\n\treturn box->count;\n}\n";
    expect(
      laid("int outer(struct box *box)\n{\n\tif (!inner(box))\n\t\treturn 1;\n\treturn 0;\n}\n", plain),
    ).toBe(
      outerOf(
        "outer(struct box *box) { { int called; { called = box->count; } if (!called) return 1; } return 0; }",
      ),
    );
    expect(laid("int outer(struct box *box)\n{\n\treturn inner(box->next);\n}\n", plain)).toBe(
      outerOf(
        "outer(struct box *box) { { int called; { struct box *own_box = box->next; called = own_box->count; } return called; } }",
      ),
    );
  });

  test.each([
    ["recursion", "static int inner(int a)\n{\n\treturn a ? inner(a - 1) : 0;\n}\n", "inner(1);"],
    ["static locals", "static int inner(int a)\n{\n\tstatic int calls;\n\treturn calls++;\n}\n", "inner(1);"],
    ["parameters that are not plain", "static int inner(int a, ...)\n{\n\treturn a;\n}\n", "inner(1, 2);"],
    [
      "a call in the head of a loop",
      "static int inner(int a)\n{\n\treturn a;\n}\n",
      "while (inner(1)) cpu_relax();",
    ],
    [
      "a call that something is evaluated before",
      "static int inner(int a)\n{\n\treturn a;\n}\n",
      "if (box->a && inner(1)) box->a = 0;",
    ],
  ])("is passed over: %s", (reason, callee, statement) => {
    const caller = `void outer(struct box *box)\n{\n\t${statement}\n}\n`;
    expect(() => laid(caller, callee)).toThrow(new PassedOver(reason));
  });

  test("brings along what its own file has for it", () => {
    const callee =
      "#define STEP 2\nstatic void deeper(struct box *box)\n{\n\tmutex_lock(&box->lock);\n}\n\nvoid inner(struct box *box)\n{\n\tbox->count += STEP;\n\tdeeper(box);\n}\n";
    const pair = pairOf("void outer(struct box *b)\n{\n\tinner(b);\n}\n", callee, true);
    const { text } = inlinedText({ pair, mistake: undefined });
    expect(text).toMatch(
      /#define STEP 2\nstatic void deeper[\s\S]*void outer[\s\S]*b->count \+= STEP;\s*deeper\(b\);/,
    );
  });
});

test("callees are told by what their text does", () => {
  const kindsIn = (body: string) => {
    const source = { file: "a.c", text: `int inner(struct box *box, bool wait)\n{\n${body}\n}\n` };
    const found = scanned({ source, name: "inner" });
    return found && kindsOf(found);
  };
  expect(kindsIn("\tmutex_unlock(&box->lock);")).toEqual(["changes a lock"]);
  expect(kindsIn("\tif (box->late)\n\t\tmsleep(1);")).toEqual(["sleeps on some paths"]);
  expect(kindsIn("\tif (wait)\n\t\tmsleep(1);")).toEqual(["sleeps on some paths", "depends on an argument"]);
  expect(kindsIn("\tbox->count++;")).toEqual([]);
});

const CALLER =
  "void outer(struct box *box)\n{\n\tspin_lock(&box->list);\n\tinner(box, 1);\n\tspin_unlock(&box->list);\n}\n";

describe("a mistake of two functions", () => {
  test.each([false, true])(
    "is found by summary as with the body inlined; in another file: %s",
    async (far) => {
      const callee = LOCKING.replace("static ", "").replace(
        "\tif (wanted == 0)\n\t\treturn box->count;\n",
        "",
      );
      const pair = pairOf(CALLER, callee, far);
      const root = makeTree(
        Object.fromEntries([pair.caller.source, pair.callee.source].map(({ file, text }) => [file, text])),
      );
      const index = await openTreeIndex({
        place: { kind: "folder", root },
        store: undefined,
        program: "test",
      });
      const tree = new JudgedTree(root, index);
      expect(await judgeSite({ pair, mistake: undefined }, tree)).toMatchObject({
        outcome: "same",
        found: 0,
      });
      const mistakes = breaksOf(pair).filter(({ together }) => together);
      expect(mistakes.map(({ name }) => name)).toEqual([
        "sleep in the callee under the caller's lock",
        "callee's lock taken around the call",
      ]);
      for (const mistake of mistakes) {
        const compared = await judgeSite({ pair, mistake }, tree);
        expect({ ...compared, name: mistake.name }).toMatchObject({ outcome: "same", found: 1 });
      }
    },
  );
});

describe("calls of a kernel", () => {
  const root = kernelSource();

  test("are judged by summary as with the bodies inlined", { timeout: 300_000 }, async (context) => {
    if (root === undefined) return context.skip(KERNEL_SOURCE_MISSING);
    const { sites } = chooseSites(root, undefined, { count: 12, seed: 1 });
    expect(sites).toHaveLength(12);
    const parser = await loadParser();
    const tree = new JudgedTree(root, undefined);
    const outcomes = [];
    for (const site of sites) {
      const isBroken = (text: string) => parser.parse(`{}${text}`).rootNode.hasError;
      expect(isBroken(site.pair.caller.source.text) || !isBroken(inlinedText(site).text)).toBe(true);
      outcomes.push((await judgeSite(site, tree)).outcome);
    }
    expect(outcomes.filter((each) => each === "summary misses" || each === "extra")).toEqual([]);
    expect(outcomes.filter((each) => each === "same").length).toBeGreaterThanOrEqual(10);
  });
});

import { expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const handler = (body: string) => `irqreturn_t box_irq(int irq, void *data)
{
	struct box *box = data;

${body}	box->irqs++;
	return IRQ_HANDLED;
}
`;
const SLEEPS = "\tmutex_lock(&box->mutex);\n\tbox->seen = true;\n\tmutex_unlock(&box->mutex);\n";
const registering = (call: string) => `int box_probe(struct box *box)\n{\n\treturn ${call};\n}\n`;
const HARD = registering('request_irq(box->irq, box_irq, 0, "box", box)');

async function judge(before: Files, after: Files) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  return gate(set, { tree: directoryTree(makeTree(before)) });
}

const found = async (before: Files, after: Files): Promise<readonly string[]> =>
  (await judge(before, after)).new.map(
    (each) => `${each.file}:${each.line}: ${each.function}: ${each.message}`,
  );

test("a handler that newly sleeps is found where another file registers it", async () => {
  expect(await found({ "a.c": handler(""), "b.c": HARD }, { "a.c": handler(SLEEPS), "b.c": HARD })).toEqual([
    "a.c:5: box_irq: mutex_lock() may sleep, and box_irq() is registered at b.c:3, and the kernel runs it as an interrupt handler",
  ]);
});

test("the finding leaves no bound about who calls it", async () => {
  const report = await judge({ "a.c": handler(""), "b.c": HARD }, { "a.c": handler(SLEEPS), "b.c": HARD });
  expect(report.verdict).toBe("violated");
  expect(report.bounds).toEqual([]);
});

test("one that runs in a thread may sleep, and so may one that slept before", async () => {
  const threaded = registering('request_threaded_irq(box->irq, NULL, box_irq, 0, "box", box)');
  expect(
    await found({ "a.c": handler(""), "b.c": threaded }, { "a.c": handler(SLEEPS), "b.c": threaded }),
  ).toEqual([]);
  expect(
    await found(
      { "a.c": handler(SLEEPS), "b.c": HARD },
      { "a.c": handler(`${SLEEPS}\tmsleep(1);\n`), "b.c": HARD },
    ),
  ).toEqual([]);
});

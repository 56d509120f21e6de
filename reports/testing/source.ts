import { checkSource } from "../../functions/check.ts";
import type { Finding } from "../../functions/finding.ts";
import type { CheckResult } from "../../functions/result.ts";
import { ANY_KERNEL } from "../../model/kernel/version/tree.ts";
import { reportOfCheck } from "../of-check.ts";
import type { CheckReport } from "../report.ts";
import { HOSTILE_WORDS } from "./hostile.ts";

/** The second function leaves a lock on one way out, which is a hint; the third is too large for the limit on states. */
const SOURCE = `
static void twice(struct box *box)
{
	spin_lock(&box->lock);
	if (box->full)
		spin_lock(&box->lock);
	spin_unlock(&box->lock);
}

static int leave(struct box *box, int err)
{
	spin_lock(&box->lock);
	if (err >= 0)
		spin_unlock(&box->lock);
	return 0;
}

static void large(struct box *box)
{
${Array.from({ length: 12 }, (_, at) => `\tif (box->a${at})\n\t\tspin_lock(&box->l${at});`).join("\n")}
${Array.from({ length: 12 }, (_, at) => `\tif (box->a${at})\n\t\tspin_unlock(&box->l${at});`).join("\n")}
}
`;

/** The report on files that were checked, as the command makes it. */
export const reported = (result: CheckResult, failsOnAudit = false): CheckReport =>
  reportOfCheck(result, {
    ...{ failsOnAudit, only: undefined, explain: false },
    origin: { kernel: ANY_KERNEL, baseCommit: undefined, command: "holdfast check box.c --audit" },
    reproduce: ({ id }) => `holdfast check box.c --audit --only '${id}'`,
  });

const sample = (): Promise<CheckResult> =>
  checkSource({ file: "box.c", text: SOURCE }, { audit: true, maxStates: 50 });

/** A mistake, a hint, and a function that was not searched to its end. */
export const sampleSource = async (failsOnAudit = false): Promise<CheckReport> =>
  reported(await sample(), failsOnAudit);

/** The same where everything that comes from the source is hostile. */
export async function hostileSource(): Promise<CheckReport> {
  const result = await sample();
  const [words, reason] = [HOSTILE_WORDS, HOSTILE_WORDS];
  const hostile = (finding: Finding): Finding => ({
    ...finding,
    ...{ id: words, file: words, function: words, lock: words, message: words },
    path: finding.path.map((step) => ({ ...step, text: words, decision: words })),
  });
  return reported({
    ...result,
    functions: { ...result.functions, skipped: [{ file: words, function: words, reason }] },
    findings: result.findings.map(hostile),
    ...{ bounds: [words], assumed: [words], conditionals: [words], warnings: [words] },
  });
}

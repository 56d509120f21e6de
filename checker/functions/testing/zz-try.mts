import { fixtureFiles, readFixture, expectedFindings, checkFixture, foundIn } from "/work/main/checker/functions/testing/expectation.ts";
for (const f of fixtureFiles) { const r = await checkFixture(f); const e = expectedFindings(readFixture(f)); const g = foundIn(r);
 console.log(f, "missing", e.filter(x=>!g.includes(x)), "extra", r.findings.filter(x=>!e.includes(`${x.line}: ${x.rule}`)).map(x=>`${x.line} ${x.rule} ${x.function} ${x.message}`), r.functions, r.bounds);}

/** Words that would act in a terminal, a workflow log, an XML document or a page. */
export const HOSTILE = [
  "\u001b]0;owned\u0007\u001b[2J",
  "::error file=x,line=1::owned",
  "::stop-commands::token",
  "]]></failure><script>alert(1)</script>",
  "%0A::set-output name=x::y",
  "\u202eevil\u2066",
  "\u009b31m",
];

export const HOSTILE_WORDS = HOSTILE.join(" ");

/** ECMA-48, Select Graphic Rendition. */
const COLOURS = { red: 31, green: 32, yellow: 33, cyan: 36 } as const;
const USUAL = 39;

/** What a reader looks for first, where the line that has it begins so. Nothing that a report quotes begins a line. */
const MARKS: readonly (readonly [RegExp, keyof typeof COLOURS])[] = [
  [/^(?:\S+: )?error(?=: )/, "red"],
  [/^\S+: (?:audit|old)(?=: )/, "yellow"],
  [/^\S+: fixed(?=: )/, "green"],
  [/^(?:warning|bound|skipped|capped)(?=: )/, "yellow"],
  [/^(?: {2})?violated(?=:|\s)/, "red"],
  [/^(?: {2})?(?:holds-within-bound|interrupted)(?=:|\s)/, "yellow"],
  [/^(?: {2})?(?:holds|nothing-to-check)(?=:|\s)/, "green"],
  [/^ {2}(?:pivot|guilty line|lost at)(?=: )/, "cyan"],
];

/** Where colours are wanted: https://no-color.org, https://force-color.org, else on a terminal. */
export function wantsColour(
  { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal }: NodeJS.ProcessEnv = process.env,
  isTerminal = process.stdout.isTTY === true,
): boolean {
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  return (no === undefined || no === "") && isTerminal && terminal !== "dumb";
}

/** A report as text, with its marks in colours where these are wanted; other formats stay as they are. */
export function coloured(text: string, format: string, wanted = wantsColour()): string {
  return wanted && format === "text" ? text.split("\n").map(paint).join("\n") : text;
}

function paint(line: string): string {
  for (const [mark, colour] of MARKS) {
    const found = mark.exec(line)?.[0];
    if (found === undefined) continue;
    return `\u001b[${COLOURS[colour]}m${found}\u001b[${USUAL}m${line.slice(found.length)}`;
  }
  return line;
}

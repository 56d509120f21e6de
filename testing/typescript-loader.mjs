// Lets Node import our TypeScript as it stands, with source maps, so that c8 measures the lines we wrote.
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { fileURLToPath } from "node:url";

register(import.meta.url);

const PUBLIC_API = new URL("../index.ts", import.meta.url).href;

export function resolve(specifier, context, next) {
  return next(specifier === "holdfast" ? PUBLIC_API : specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith("file:") || !/\.ts(\?.*)?$/.test(url)) return next(url, context);
  const { transformSync } = await import("rolldown/utils");
  const path = fileURLToPath(url);
  const text = await readFile(path, "utf8");
  const { code, map } = transformSync(path, text, { sourcemap: true });
  const data = Buffer.from(JSON.stringify(map)).toString("base64");
  const source = `${code}\n//# sourceMappingURL=data:application/json;base64,${data}`;
  return { format: "module", shortCircuit: true, source };
}

import { createHash } from "node:crypto";
import { primitives } from "./index.ts";

/** Names the table of primitives by its content. */
export const tableDigest = (): string =>
  createHash("sha256").update(JSON.stringify(primitives)).digest("hex").slice(0, 12);

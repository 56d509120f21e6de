import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "shared", "seed");

/** Why a test that needs the mail the project began with did not run. */
export const SEED_MISSING = "no ../shared/seed beside the checkout";

/** The mail that the project began with, where it is there. */
export function seedMail(): Buffer | undefined {
  const name = existsSync(FOLDER) ? readdirSync(FOLDER).find((each) => each.endsWith(".txt")) : undefined;
  return name === undefined ? undefined : readFileSync(join(FOLDER, name));
}

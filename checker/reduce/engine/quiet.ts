import type { Sink } from "../../backends/stored-engine.ts";

/** Notes that there is something to report, and reports nothing. */
export class Quiet implements Pick<Sink, "seen" | "ended"> {
  disturbed = false;

  seen(): void {
    this.disturbed = true;
  }

  ended(): void {
    this.disturbed = true;
  }
}

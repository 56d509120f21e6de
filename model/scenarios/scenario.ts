import type { Model } from "../ir/model.ts";
import type { ListingLine } from "../ir/procedure.ts";
import type { Observations } from "../kernel/observation.ts";

/** A hand-written model of kernel code, with the versions it went through and the sizes it is explored at. */
export interface Scenario {
  /** As users type it: madvise, ptl-protocol, ... */
  readonly id: string;
  readonly summary: string;
  /** Oldest first; empty where there is only one. */
  readonly versions: readonly ScenarioVersion[];
  readonly parameters: readonly Parameter[];
  /** Names of the properties it is judged by. */
  readonly properties: readonly string[];
  build(choice: ScenarioChoice): ScenarioModel;
}

export interface ScenarioVersion {
  readonly id: string;
  readonly summary: string;
}

/** A size of the scenario: an integer with its bounds. */
export interface Parameter {
  readonly name: string;
  readonly summary: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Not a size but a setting: a smaller value makes no simpler instance. */
  readonly setting?: true;
}

export interface ScenarioChoice {
  /** One of the scenario's versions; the newest where absent. */
  readonly version?: string;
  readonly parameters: Readonly<Record<string, number>>;
}

/** A model that no property has been added to yet, and how to read kernel state off it. */
export interface ScenarioModel {
  readonly model: Model;
  readonly observe: Observations;
  /** The text that the model's source lines point into. */
  readonly listing: readonly ListingLine[];
}

import type { Weight } from "../ir/model.ts";
import type { Operation } from "./operation.ts";

/** One kernel call: what it can do, and what the kernel's source says of it. One row of the table. */
export interface Primitive {
  readonly name: string;
  /** At least one; the first is the ordinary one. */
  readonly outcomes: readonly Outcome[];
  /** Whose word this is: kernel file and function, e.g. `mm/pgtable-generic.c: __pte_offset_map_lock`. */
  readonly kernel: string;
  /** Why it says otherwise than the body that the kernel's source has of it. */
  readonly argued?: string;
  /** First kernel that has it; absent for one as old as 6.1. */
  readonly since?: string;
  /** Last kernel that has it; absent while it is there. */
  readonly until?: string;
}

export interface Outcome {
  /** E.g. `locked`, `fails`, `gone`; unique within the row. */
  readonly name: string;
  /** 1 = adverse. */
  readonly weight: Weight;
  /** In the order in which they happen. */
  readonly does: readonly Operation[];
  /**
   * Locks of which nothing is known after it: the call may have taken or released them. One that is told neither by
   * an argument nor by a path stands for all locks of its class.
   */
  readonly forgets?: readonly Operation[];
  /** The class of the call's result, by which C code tells the outcomes apart. */
  readonly returns: ReturnClass;
  /** The one value of its class that it returns, as C code writes it: `-EINTR`. */
  readonly exactly?: string;
  /** It cannot come about where nothing asks for the result. */
  readonly heeded?: true;
}

export type ReturnClass = "void" | "any" | "zero" | "nonzero" | "null" | "pointer" | "negative" | "positive";

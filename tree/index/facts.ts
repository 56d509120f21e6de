/** What a C file says of names that other files may use: where they are defined, and who uses them. */
export interface FileFacts {
  readonly path: string;
  /** As written, with the quotes or the angle brackets. */
  readonly includes: readonly string[];
  readonly definitions: readonly Definition[];
  readonly handlers: readonly Handler[];
}

/** An object macro stands for other code; one that stands for a number is left out. */
export const DEFINITION_KINDS = ["function", "macro", "object-macro", "struct", "union"] as const;
export type DefinitionKind = (typeof DEFINITION_KINDS)[number];

export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** Bytes of the file: from the first of the head up to behind the last. */
  readonly from: number;
  readonly to: number;
  /** Where the body begins. */
  readonly body: number;
  readonly isStatic: boolean;
  /** What the arms of `#if`s around it ask for; empty where nothing is asked. */
  readonly condition: string;
  /** As declared: `struct box *box`; of a macro its names. */
  readonly parameters: readonly string[];
  /** Of a head or a declaration in front of the body, as written: `__acquires(&box->lock)`. */
  readonly annotations: readonly string[];
  /** The names that it calls; those of members that it calls through begin with a dot. */
  readonly calls: readonly string[];
}

/** A name that a pointer is set to: by an initialiser, by an assignment, or as the argument of a call. */
export interface Handler {
  readonly function: string;
  /** `.member`, or `call/2` for the third argument of a call. */
  readonly place: string;
  /** In the file, in bytes. */
  readonly at: number;
}

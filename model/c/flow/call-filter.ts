/** Tells the calls that matter from those that only hand back a value, and what else the source says of names. */
export interface CallFilter {
  matters(name: string): boolean;
  /** A call that leaves locks alone is laid for what else it does, and changes facts as an unknown one. */
  leavesLocks?(name: string): boolean;
  /** Whether the source has the function's body. */
  isDefined?(name: string): boolean;
  /** Whether a function of the source never comes back. */
  neverReturns?(name: string): boolean;
  /** Whether a macro that is not in sight may leave the function. */
  mayLeave?(name: string): boolean;
  /** Whether a call of this name releases a lock and has no value: no function can be given it. */
  isRelease?(name: string): boolean;
  /** The number that a name in capitals stands for. */
  numberOf?(name: string): number | undefined;
  /** Which argument of an allocation has the flags that let it sleep. */
  flagsArgument?(name: string): number | undefined;
}

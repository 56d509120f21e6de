/** A value of a scalar, or the elements of an array in the order of its index. */
export type Value = number | readonly number[];

export type Values = Readonly<Record<string, Value>>;

/** A state as plain, immutable data. */
export interface State {
  readonly shared: Values;
  /** In the order of their ids: task 1 is at position 0. */
  readonly tasks: readonly TaskState[];
}

export interface TaskState {
  readonly location: string;
  readonly variables: Values;
}

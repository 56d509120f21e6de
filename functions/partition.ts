/** Things by their numbers, each a group of its own until groups are joined. */
export interface Partition {
  /** The number of the group that a thing is in: that of one of its members. */
  groupOf(at: number): number;
  /** Puts the group of the first into that of the second. */
  join(one: number, other: number): void;
}

export function partition(count: number): Partition {
  const groups = Array.from({ length: count }, (_, at) => at);
  const groupOf = (at: number): number => groups[at] ?? at;
  return {
    groupOf,
    join(one, other) {
      const [from, to] = [groupOf(one), groupOf(other)];
      for (const [at, group] of groups.entries()) if (group === from) groups[at] = to;
    },
  };
}

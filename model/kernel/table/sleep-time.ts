const OF_REGISTERS = ["readb", "readw", "readl", "readq"].flatMap((read) => [read, `${read}_relaxed`]);

/**
 * Calls that poll: which argument is the time between, in microseconds. They sleep where it is not zero
 * (include/linux/iopoll.h: read_poll_timeout).
 */
export const sleepTimeArgument: Readonly<Record<string, number>> = {
  read_poll_timeout: 3,
  readx_poll_timeout: 4,
  ...Object.fromEntries(OF_REGISTERS.map((read) => [`${read}_poll_timeout`, 3])),
  regmap_read_poll_timeout: 4,
  regmap_field_read_poll_timeout: 3,
  phy_read_poll_timeout: 4,
  phy_read_mmd_poll_timeout: 5,
};

/** Whether a time, as it is written, is not zero: a number or a constant. Of one in a variable it is not known. */
export const isSomeTime = (time: string): boolean =>
  /^[\dA-Z][\w\s*+()]*$/.test(time) && !/^0x?0*[uUlL]*$/.test(time);

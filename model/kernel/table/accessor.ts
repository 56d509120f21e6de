/**
 * Calls that lead from an object to what belongs to it, to the same whenever they are asked (include/linux/netdevice.h:
 * netdev_priv, include/linux/device.h: dev_get_drvdata, include/linux/container_of.h: container_of), and those that
 * subsystems and drivers name so.
 */
const ACCESSOR = /^(?:container_of|to_\w+|\w+_to_\w+|\w+_priv|\w+_get_drvdata)$/;

export const isAccessor = (name: string): boolean => ACCESSOR.test(name);

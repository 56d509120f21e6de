/**
 * Calls that may run a function which they are given before they return, and say by their result whether they did:
 * which argument it is (include/linux/kref.h: kref_put).
 */
export const callbackArgument: Readonly<Record<string, number>> = {
  kref_put: 1,
  kref_put_mutex: 1,
  kref_put_lock: 1,
};

/** What a function that is judged alone has done to its locks, as its program keeps it. */
export { HELD, HELD_EXCLUSIVE, isOneOf, type Status, statusAt } from "./status.ts";

import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { touch } from "./operations.ts";
import { row } from "./row.ts";

const FILE = "include/linux/list.h";

const listing = (name: string, ...does: readonly Operation[]): Primitive => row(name, FILE, does);

/** What goes on the list that is the second argument is taken from a list, if any, that the call does not name. */
const adding = (name: string): Primitive => listing(name, touch("fill", "list", 1));
const moving = (name: string): Primitive => listing(name, touch("drain", "list"), touch("fill", "list", 1));
const taking = (name: string): Primitive => listing(name, touch("drain", "list"));

/** What fills and empties the lists of a function's own. */
export const listRows: readonly Primitive[] = [
  listing("LIST_HEAD", touch("declare", "list")),
  listing("LIST_HEAD_INIT", touch("declare", "list")),
  adding("list_add"),
  adding("list_add_tail"),
  adding("list_splice"),
  adding("list_splice_tail"),
  adding("list_splice_init"),
  adding("list_splice_tail_init"),
  moving("list_move"),
  moving("list_move_tail"),
  taking("list_del"),
  taking("list_del_init"),
  listing("list_cut_position", touch("fill", "list")),
  listing("list_cut_before", touch("fill", "list")),
];

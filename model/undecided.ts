/** Nothing can be said, through no fault of the input: what was needed took too long, or did not fit into memory. */
export class Undecided extends Error {
  override readonly name = "Undecided";
}

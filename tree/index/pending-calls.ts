/** A plain name that is handed to a call. */
export interface GivenName {
  readonly name: string;
  readonly call: string;
  /** Which argument; from 0. */
  readonly argument: number;
  readonly at: number;
}

/** What stands in an argument up to now: nothing, a name alone, something else. */
const EMPTY = 0;
const NAME = 1;
const MORE = 2;

/** Follows the parentheses that are open, and tells of arguments that are plain names. */
export class PendingCalls {
  readonly given: GivenName[] = [];
  readonly #text: string;
  readonly #calls: string[] = [];
  readonly #arguments: number[] = [];
  #state = EMPTY;
  #from = 0;
  #to = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get depth(): number {
    return this.#calls.length;
  }

  /** @param call what is called; empty where a parenthesis calls nothing. */
  open(call: string): void {
    this.#calls.push(call);
    this.#arguments.push(0);
    this.#state = EMPTY;
  }

  word(from: number, to: number): void {
    if (this.#state === EMPTY) [this.#from, this.#to] = [from, to];
    this.#state = this.#state === EMPTY ? NAME : MORE;
  }

  other(): void {
    this.#state = MORE;
  }

  comma(): void {
    this.#tell();
    const last = this.#arguments.length - 1;
    if (last >= 0) this.#arguments[last] = (this.#arguments[last] ?? 0) + 1;
    this.#state = EMPTY;
  }

  close(): void {
    this.#tell();
    this.#calls.pop();
    this.#arguments.pop();
    this.#state = MORE;
  }

  /** A block begins or ends: what is open is not closed, or holds statements. */
  forget(): void {
    this.#calls.length = 0;
    this.#arguments.length = 0;
    this.#state = MORE;
  }

  #tell(): void {
    const call = this.#calls.at(-1);
    if (this.#state !== NAME || call === undefined || call === "") return;
    const name = this.#text.slice(this.#from, this.#to);
    this.given.push({ name, call, argument: this.#arguments.at(-1) ?? 0, at: this.#from });
  }
}

/** The locals of a function under construction: its parameters, then what is asked for. */
export class Locals {
  private readonly parameters: number;
  private readonly types: number[] = [];
  private next = 0;

  constructor(parameters: number) {
    this.parameters = parameters;
  }

  /** The number of a local that nobody else uses since the last `reuse`; it must be set before it is read. */
  add(type: number): number {
    while (this.next < this.types.length && this.types[this.next] !== type) this.next++;
    if (this.next === this.types.length) this.types.push(type);
    return this.parameters + this.next++;
  }

  /** Locals of one type, by name. */
  named<const Name extends string>(type: number, ...names: readonly Name[]): Readonly<Record<Name, number>> {
    return Object.fromEntries(names.map((name) => [name, this.add(type)])) as Record<Name, number>;
  }

  /** Gives all locals free again. */
  reuse(): void {
    this.next = 0;
  }

  /** Types of the locals behind the parameters. */
  get added(): readonly number[] {
    return this.types;
  }
}

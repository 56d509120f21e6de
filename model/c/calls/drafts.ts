import { isSpinning } from "../../kernel/atomic.ts";
import { familyOf, isMapping, isNamed, type Key, rootsOf } from "./key.ts";

interface Draft {
  readonly index: number;
  object: string;
  readonly text: string;
  readonly spinning: boolean;
  acquired: boolean;
  released: boolean;
}

/** The first of an array is what the array's name points to. */
const idOf = (object: string, text: string): string =>
  `${familyOf(object)} ${text.replace(/\[0\]\./g, "->").replace(/\[0\]$/, "")}`;

/** The keys of a function, as its calls come to name them. */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();

  /** The key of this text, made where there is none yet. */
  key(object: string, text: string, acquires: boolean): number {
    const draft = this.#draft(object, text);
    draft.acquired ||= acquires;
    draft.released ||= !acquires;
    return draft.index;
  }

  /** The key of a lock that a callee takes and releases: the function itself does neither by that. */
  passed(object: string, text: string): number {
    return this.#draft(object, text).index;
  }

  #draft(object: string, text: string): Draft {
    const id = idOf(object, text);
    const draft = this.#drafts.get(id) ?? {
      index: this.#drafts.size,
      object,
      text,
      spinning: isSpinning(object),
      acquired: false,
      released: false,
    };
    this.#drafts.set(id, draft);
    if (object === "ptl") draft.object = object;
    return draft;
  }

  find(object: string, text: string): number | undefined {
    return this.#drafts.get(idOf(object, text))?.index;
  }

  hasSome(object: string): boolean {
    return [...this.#drafts.values()].some((draft) => draft.object === object);
  }

  /** The lock of this path, whatever its class. */
  named(path: string): number | undefined {
    return [...this.#drafts.values()].find((draft) => isNamed(draft, path))?.index;
  }

  keys(): readonly Key[] {
    return [...this.#drafts.values()].map((draft) => ({
      ...draft,
      object: draft.object === "spinlock" && /(?:^|[>.])\w*ptl$/.test(draft.text) ? "ptl" : draft.object,
      roots: isMapping(draft) ? [] : rootsOf(draft.text),
    }));
  }
}

import type { Result } from './schema.ts';

const NOTARIZE = 1;
const FINALIZE = 2;
const NULLIFY = 4;
const bits: Readonly<Record<string, number>> = { notarize: NOTARIZE, finalize: FINALIZE, nullify: NULLIFY };

/** A matrix of 2,000 views by 341 cities is what a browser still draws at once. */
const VIEWS_MAX = 2000;

interface View {
  enteredAtUs: number;
  finalized: boolean;
  readonly said: Uint8Array;
}

/** City x view: what each city's own replica voted, and when the first honest city came there. */
export class ViewMatrix {
  readonly #nodes: number;
  readonly #views = new Map<number, View>();
  #newest = 0;

  constructor(nodes: number) {
    this.#nodes = nodes;
  }

  /** Newest view that an honest city entered. */
  get newest(): number {
    return this.#newest;
  }

  entered(nowUs: number, view: number): void {
    if (view <= this.#newest && this.#views.has(view)) return;
    this.#view(view).enteredAtUs = nowUs;
    this.#newest = Math.max(this.#newest, view);
  }

  voted(node: number, kind: string, view: number): void {
    const bit = bits[kind];
    const { said } = this.#view(view);
    if (bit !== undefined && node < said.length) said[node] = (said[node] as number) | bit;
  }

  finalized(view: number): void {
    this.#view(view).finalized = true;
  }

  finish(leaderOf: (view: number) => number): Result['views'] {
    const first = Math.max(1, this.#newest - VIEWS_MAX + 1);
    const numbers = Array.from({ length: Math.max(0, this.#newest - first + 1) }, (_, index) => first + index);
    let before = 0;
    const views = numbers.map((number) => {
      const view = this.#view(number);
      // Nobody stood in a view that a certificate jumped over: it has the time of the view before.
      before = Math.max(before, view.enteredAtUs);
      return { ...view, enteredAtUs: before };
    });
    return {
      first,
      leaders: numbers.map(leaderOf),
      enteredAtUs: views.map(({ enteredAtUs }) => enteredAtUs),
      states: views.map(({ said }) => Array.from(said, stateOf).join('')),
      finalized: views.map(({ finalized }) => finalized),
    };
  }

  #view(number: number): View {
    let view = this.#views.get(number);
    if (view === undefined) {
      view = { enteredAtUs: 0, finalized: false, said: new Uint8Array(this.#nodes) };
      this.#views.set(number, view);
      // Twice the bound, so that old ones go in one sweep now and then.
      if (this.#views.size > 2 * VIEWS_MAX) {
        for (const old of this.#views.keys()) if (old <= this.#newest - VIEWS_MAX) this.#views.delete(old);
      }
    }
    return view;
  }
}

function stateOf(said: number): string {
  if ((said & NULLIFY) !== 0) return 'X';
  if ((said & FINALIZE) !== 0) return 'F';
  return (said & NOTARIZE) !== 0 ? 'N' : '.';
}

import type { Random } from './random.ts';

/**
 * The stream of (seed, purpose, node). Equal names give equal streams; asking for one more stream disturbs no other.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush and PractRand. Its state
 * comes from a hash of the name, so neighbouring seeds give unrelated streams.
 */
export function createRandom(seed: number, purpose: string, node?: number): Random {
  return new SmallFastCounting(`${seed}/${purpose}/${node ?? 'world'}`);
}

const WARM_UP = 12;

class SmallFastCounting implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spareNormal: number | undefined;

  constructor(name: string) {
    [this.#a, this.#b, this.#c] = stateOf(name);
    for (let i = 0; i < WARM_UP; i++) this.#word();
  }

  /** 32 bits. */
  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  next(): number {
    return (this.#word() * 0x20_0000 + (this.#word() >>> 11)) / 0x20_0000_0000_0000;
  }

  integer(below: number): number {
    if (!(below >= 1)) throw new RangeError(`no whole number is in [0, ${below})`);
    return Math.floor(this.next() * below);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[this.integer(items.length)] as T;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let place = shuffled.length - 1; place > 0; place--) {
      const other = this.integer(place + 1);
      const item = shuffled[place] as T;
      shuffled[place] = shuffled[other] as T;
      shuffled[other] = item;
    }
    return shuffled;
  }

  sample<T>(items: readonly T[], count: number): T[] {
    const chosen = new Set(this.shuffle(items.map((_, place) => place)).slice(0, count));
    return items.filter((_, place) => chosen.has(place));
  }

  normal(): number {
    const spare = this.#spareNormal;
    if (spare !== undefined) {
      this.#spareNormal = undefined;
      return spare;
    }
    // Box and Muller; 1 - next() is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  exponential(): number {
    return -Math.log(1 - this.next());
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let offset = 0; offset < count; offset += 4) {
      const word = this.#word();
      for (let i = 0; i < 4 && offset + i < count; i++) bytes[offset + i] = word >>> (8 * i);
    }
    return bytes;
  }
}

/** cyrb128 (bryc, public domain): four words of a text, each of which depends on all of it. */
function stateOf(text: string): [number, number, number] {
  let [h1, h2, h3, h4] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    h1 = h2 ^ Math.imul(h1 ^ code, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ code, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ code, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ code, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  return [(h1 ^ h2 ^ h3 ^ h4) | 0, (h2 ^ h1) | 0, (h3 ^ h1) | 0];
}

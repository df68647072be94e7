const ARITY = 4;
const FIRST_CAPACITY = 1024;

/**
 * Pending events in the order of (time, sequence of scheduling): a 4-ary heap in typed arrays, with the events' fields in
 * pooled slots, so that scheduling allocates nothing. `pop` copies an event into the queue's own fields and frees its slot.
 */
export class EventQueue {
  /** The event that was popped last. */
  timeUs = 0;
  kind = 0;
  node = 0;
  a = 0;
  b = 0;
  c = 0;
  digest = 0;
  x = 0;
  y = 0;
  reference: unknown;

  #size = 0;
  #sequence = 0;
  #times = new Float64Array(FIRST_CAPACITY);
  #sequences = new Float64Array(FIRST_CAPACITY);
  /** Slot of the event at each place of the heap. */
  #slots = new Int32Array(FIRST_CAPACITY);

  #kinds = new Uint8Array(FIRST_CAPACITY);
  #nodes = new Int32Array(FIRST_CAPACITY);
  #as = new Int32Array(FIRST_CAPACITY);
  #bs = new Int32Array(FIRST_CAPACITY);
  #cs = new Int32Array(FIRST_CAPACITY);
  #digests = new Float64Array(FIRST_CAPACITY);
  #xs = new Float64Array(FIRST_CAPACITY);
  #ys = new Float64Array(FIRST_CAPACITY);
  readonly #references: unknown[] = new Array(FIRST_CAPACITY);
  #free = Int32Array.from({ length: FIRST_CAPACITY }, (_, index) => FIRST_CAPACITY - 1 - index);
  #freeCount = FIRST_CAPACITY;

  get size(): number {
    return this.#size;
  }

  /** Time of the first event; Infinity when there is none. */
  get nextUs(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] as number);
  }

  /** At the same microsecond, in the order of scheduling. */
  push(
    timeUs: number,
    kind: number,
    node: number,
    a = 0,
    b = 0,
    c = 0,
    digest = 0,
    x = 0,
    y = 0,
    reference: unknown = undefined,
  ): void {
    if (this.#freeCount === 0) this.#grow();
    this.#freeCount -= 1;
    const slot = this.#free[this.#freeCount] as number;
    this.#kinds[slot] = kind;
    this.#nodes[slot] = node;
    this.#as[slot] = a;
    this.#bs[slot] = b;
    this.#cs[slot] = c;
    this.#digests[slot] = digest;
    this.#xs[slot] = x;
    this.#ys[slot] = y;
    this.#references[slot] = reference;
    this.#siftUp(this.#size, timeUs, this.#sequence, slot);
    this.#size += 1;
    this.#sequence += 1;
  }

  /** False: nothing is pending. */
  pop(): boolean {
    if (this.#size === 0) return false;
    const slot = this.#slots[0] as number;
    this.timeUs = this.#times[0] as number;
    this.kind = this.#kinds[slot] as number;
    this.node = this.#nodes[slot] as number;
    this.a = this.#as[slot] as number;
    this.b = this.#bs[slot] as number;
    this.c = this.#cs[slot] as number;
    this.digest = this.#digests[slot] as number;
    this.x = this.#xs[slot] as number;
    this.y = this.#ys[slot] as number;
    this.reference = this.#references[slot];
    this.#references[slot] = undefined;
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
    this.#size -= 1;
    if (this.#size > 0) this.#siftDown();
    return true;
  }

  #siftUp(start: number, timeUs: number, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const slots = this.#slots;
    let place = start;
    // A new event has the highest sequence of all: it stands behind those of its time.
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const parentTime = times[parent] as number;
      if (parentTime <= timeUs) break;
      times[place] = parentTime;
      sequences[place] = sequences[parent] as number;
      slots[place] = slots[parent] as number;
      place = parent;
    }
    times[place] = timeUs;
    sequences[place] = sequence;
    slots[place] = slot;
  }

  /** Moves the last event to the top, and down to its place. */
  #siftDown(): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const slots = this.#slots;
    const size = this.#size;
    const time = times[size] as number;
    const sequence = sequences[size] as number;
    const slot = slots[size] as number;
    let place = 0;
    for (;;) {
      const first = place * ARITY + 1;
      if (first >= size) break;
      const end = Math.min(first + ARITY, size);
      let best = first;
      let bestTime = times[first] as number;
      let bestSequence = sequences[first] as number;
      for (let child = first + 1; child < end; child++) {
        const childTime = times[child] as number;
        if (childTime < bestTime || (childTime === bestTime && (sequences[child] as number) < bestSequence)) {
          best = child;
          bestTime = childTime;
          bestSequence = sequences[child] as number;
        }
      }
      if (time < bestTime || (time === bestTime && sequence < bestSequence)) break;
      times[place] = bestTime;
      sequences[place] = bestSequence;
      slots[place] = slots[best] as number;
      place = best;
    }
    times[place] = time;
    sequences[place] = sequence;
    slots[place] = slot;
  }

  #grow(): void {
    const old = this.#slots.length;
    const capacity = old * 2;
    this.#times = enlarged(this.#times, new Float64Array(capacity));
    this.#sequences = enlarged(this.#sequences, new Float64Array(capacity));
    this.#slots = enlarged(this.#slots, new Int32Array(capacity));
    this.#kinds = enlarged(this.#kinds, new Uint8Array(capacity));
    this.#nodes = enlarged(this.#nodes, new Int32Array(capacity));
    this.#as = enlarged(this.#as, new Int32Array(capacity));
    this.#bs = enlarged(this.#bs, new Int32Array(capacity));
    this.#cs = enlarged(this.#cs, new Int32Array(capacity));
    this.#digests = enlarged(this.#digests, new Float64Array(capacity));
    this.#xs = enlarged(this.#xs, new Float64Array(capacity));
    this.#ys = enlarged(this.#ys, new Float64Array(capacity));
    this.#free = new Int32Array(capacity);
    for (let slot = capacity - 1; slot >= old; slot--) this.#free[this.#freeCount++] = slot;
    this.#references.length = capacity;
  }
}

function enlarged<T extends { set(source: T): void }>(source: T, target: T): T {
  target.set(source);
  return target;
}

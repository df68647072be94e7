import type { Frame } from './frames.ts';

export interface QueueBounds {
  readonly framesMax: number;
  readonly bytesMax: number;
  /** What goes when the queue is full. */
  readonly drop: 'oldest' | 'newest';
}

/** Frames that wait for one peer's stream; bounded, and counting what it had to drop. */
export class FrameQueue {
  readonly #bounds: QueueBounds;
  #frames: Frame[] = [];
  #head = 0;
  #bytes = 0;
  #dropped = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#frames.length - this.#head;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get dropped(): number {
    return this.#dropped;
  }

  push(frame: Frame): void {
    const { framesMax, bytesMax, drop } = this.#bounds;
    while (this.length > 0 && (this.length >= framesMax || this.#bytes + frame.size > bytesMax)) {
      this.#dropped += 1;
      if (drop === 'newest') return;
      this.#shift();
    }
    this.#frames.push(frame);
    this.#bytes += frame.size;
  }

  /** Takes frames up to `bytesMax` in sum, at least one when there is one. */
  take(bytesMax: number): Frame[] {
    const taken: Frame[] = [];
    let bytes = 0;
    for (;;) {
      const next = this.#frames[this.#head];
      if (next === undefined || (taken.length > 0 && bytes + next.size > bytesMax)) return taken;
      bytes += next.size;
      taken.push(next);
      this.#shift();
    }
  }

  clear(): void {
    this.#frames = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  #shift(): void {
    const frame = this.#frames[this.#head];
    if (frame === undefined) return;
    this.#head += 1;
    this.#bytes -= frame.size;
    if (this.#head === this.#frames.length) {
      this.#frames = [];
      this.#head = 0;
    } else if (this.#head >= 1024) {
      this.#frames = this.#frames.slice(this.#head);
      this.#head = 0;
    }
  }
}

/** Waits that double up to a cap, each shortened by up to a half at random, so that peers do not knock in step. */
export class BackOff {
  readonly #firstMs: number;
  readonly #capMs: number;
  readonly #random: () => number;
  #attempts = 0;

  constructor(firstMs: number, capMs: number, random: () => number = Math.random) {
    this.#firstMs = firstMs;
    this.#capMs = capMs;
    this.#random = random;
  }

  get attempts(): number {
    return this.#attempts;
  }

  /** The next wait in milliseconds: never zero, never above the cap, without end. */
  next(): number {
    const fullMs = Math.min(this.#capMs, this.#firstMs * 2 ** Math.min(this.#attempts, 30));
    this.#attempts += 1;
    return fullMs * (0.5 + this.#random() / 2);
  }

  reset(): void {
    this.#attempts = 0;
  }
}

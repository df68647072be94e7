/** How long a peer that broke a bound is kept out of the stream it broke it on. One per peer and protocol. */
export class Strikes {
  readonly #firstMs: number;
  readonly #capMs: number;
  readonly #nowMs: () => number;
  #count = 0;
  #lastMs = 0;
  #untilMs = 0;

  constructor(firstMs: number, capMs: number, nowMs: () => number = () => performance.now()) {
    this.#firstMs = firstMs;
    this.#capMs = capMs;
    this.#nowMs = nowMs;
  }

  strike(): void {
    const now = this.#nowMs();
    // Forgotten after ten caps of good conduct.
    if (now - this.#lastMs > 10 * this.#capMs) this.#count = 0;
    this.#untilMs = now + Math.min(this.#capMs, this.#firstMs * 2 ** Math.min(this.#count, 30));
    this.#count += 1;
    this.#lastMs = now;
  }

  get refused(): boolean {
    return this.#nowMs() < this.#untilMs;
  }
}

import type { Meter, ProcessingCosts } from '../crypto/costs.ts';

/** A city's processor in virtual time: when it is free, and how long it has worked. */
export class Processor {
  readonly #costs: ProcessingCosts | undefined;
  readonly #meter: Meter;
  /** What was computed for less than a microsecond is charged later. */
  #fractionUs = 0;
  #freeAtUs = 0;
  #busyUs = 0;

  constructor(costs: ProcessingCosts | undefined, meter: Meter) {
    this.#costs = costs;
    this.#meter = meter;
  }

  get freeAtUs(): number {
    return this.#freeAtUs;
  }

  /** Whole microseconds of work so far. */
  get busyUs(): number {
    return this.#busyUs;
  }

  /** Charges what the meter counted, and so many messages and records. Returns when the processor is free again. */
  work(nowUs: number, messages: number, records: number): number {
    const metered = this.#meter.take();
    if (this.#costs === undefined) return nowUs;
    const exact = metered + messages * this.#costs.messageUs + records * this.#costs.recordUs + this.#fractionUs;
    const us = Math.floor(exact);
    this.#fractionUs = exact - us;
    this.#busyUs += us;
    this.#freeAtUs = Math.max(this.#freeAtUs, nowUs) + us;
    return this.#freeAtUs;
  }

  /** Another process starts on it. */
  reset(nowUs: number): void {
    this.#freeAtUs = nowUs;
    this.#fractionUs = 0;
  }
}

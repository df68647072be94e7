const HOURS = 24;
/** Of a record. */
const ROUNDING = 1e-9;

/** A rate that follows the hours of the day: so many records a second times the hour's factor. */
export class DayRate {
  readonly #perUs: number;
  readonly #curve: readonly number[];
  readonly #hourUs: number;

  /** `curve`: 24 factors, or none for an even day. */
  constructor(options: {
    readonly recordsPerSecond: number;
    readonly dayCurve: readonly number[];
    readonly dayLengthUs: number;
  }) {
    this.#perUs = options.recordsPerSecond / 1e6;
    this.#curve = options.dayCurve.length === 0 ? [1] : options.dayCurve;
    this.#hourUs = options.dayLengthUs / (options.dayCurve.length === 0 ? 1 : HOURS);
  }

  /** When so many more records have come since `fromUs`; undefined: never. */
  after(fromUs: number, records: number): number | undefined {
    const perDay = this.#curve.reduce((sum, factor) => sum + factor, 0) * this.#hourUs * this.#perUs;
    if (!(perDay > 0)) return undefined;
    const dayUs = this.#hourUs * this.#curve.length;
    const wholeDays = Math.max(0, Math.ceil(records / perDay) - 1);
    let left = records - wholeDays * perDay;
    let atUs = fromUs + wholeDays * dayUs;
    for (;;) {
      const hour = Math.floor(atUs / this.#hourUs);
      const rate = this.#perUs * (this.#curve[hour % this.#curve.length] as number);
      const spanUs = (hour + 1) * this.#hourUs - atUs;
      // Products and quotients of rates are a little off: the end of an hour belongs to it.
      if (left - rate * spanUs <= ROUNDING) return rate > 0 ? Math.min(atUs + left / rate, atUs + spanUs) : atUs;
      left -= rate * spanUs;
      atUs = (hour + 1) * this.#hourUs;
    }
  }
}

import type { RecordOutcome } from '@hansa/protocol/replica';

interface Totals {
  /** Of all blocks up to this height. */
  readonly records: number;
  readonly rejected: number;
  readonly emptyBlocks: number;
}

const nothing: Totals = { records: 0, rejected: 0, emptyBlocks: 0 };

/**
 * What the blocks up to a height hold, as the first honest city executed them. All honest cities execute the same (that
 * is what the checks are for), so a city's height says how many records it has executed, after a crash too.
 */
export class ExecutedBlocks {
  readonly #totals: Totals[] = [nothing];

  /** An honest city executed the block at this height. */
  executed(height: number, outcomes: readonly RecordOutcome[]): void {
    if (height !== this.#totals.length) return;
    const before = this.#totals[height - 1] as Totals;
    let rejected = 0;
    for (const outcome of outcomes) if (outcome.rejected !== undefined) rejected++;
    this.#totals.push({
      records: before.records + outcomes.length,
      rejected: before.rejected + rejected,
      emptyBlocks: before.emptyBlocks + (outcomes.length === 0 ? 1 : 0),
    });
  }

  /** Up to and with this height; as far as any honest city has come. */
  upTo(height: number): Totals {
    return this.#totals[Math.min(height, this.#totals.length - 1)] as Totals;
  }
}

import type { RecordLocation, RecordOutcome } from '@hansa/protocol/replica';
import { distributionOf, type Weighted } from '../statistics/index.ts';
import type { Distribution } from './schema.ts';

/** Records of one submission, in one entry. */
interface Piece {
  readonly submittedUs: number;
  readonly count: number;
}

interface Executed extends Piece {
  readonly height: number;
}

/**
 * The way of one city's own records: submitted, sealed, executed, provable. All times are those at which the city could
 * tell its own user: after what it rests on was durable.
 */
export class CityLatencies {
  #waiting = new Map<number, Piece>();
  readonly #sealed = new Map<number, Piece[]>();
  #unproven: Executed[] = [];
  readonly #finality: Weighted[] = [];
  readonly #provable: Weighted[] = [];
  recordsSubmitted = 0;
  recordsSealed = 0;
  recordsRefused = 0;

  submitted(nowUs: number, submission: number, count: number): void {
    this.recordsSubmitted += count;
    this.#waiting.set(submission, { submittedUs: nowUs, count });
  }

  sealed(submission: number, first: RecordLocation): void {
    const piece = this.#waiting.get(submission);
    if (piece === undefined) return;
    this.#waiting.delete(submission);
    this.recordsSealed += piece.count;
    const entry = this.#sealed.get(first.sequence);
    if (entry === undefined) this.#sealed.set(first.sequence, [piece]);
    else entry.push(piece);
  }

  refused(submission: number): void {
    this.recordsRefused += this.#waiting.get(submission)?.count ?? 0;
    this.#waiting.delete(submission);
  }

  /** The city executed a block. An entry is executed whole. */
  executed(nowUs: number, lane: number, height: number, outcomes: readonly RecordOutcome[]): void {
    if (this.#sealed.size === 0) return;
    for (const { location } of outcomes) {
      if (location.lane === lane && location.position === 0) this.#entryExecuted(nowUs, location.sequence, height);
    }
  }

  /** After a restart: what the logs on disk already hold was executed, at the latest now. */
  recovered(nowUs: number, executedSequence: number, height: number): void {
    this.#waiting = new Map();
    for (const sequence of [...this.#sealed.keys()]) {
      if (sequence <= executedSequence) this.#entryExecuted(nowUs, sequence, height);
    }
  }

  /** A final checkpoint proves everything up to this height. */
  proven(nowUs: number, height: number): void {
    if (this.#unproven.length === 0) return;
    this.#unproven = this.#unproven.filter((piece) => {
      if (piece.height > height) return true;
      this.#provable.push({ value: nowUs - piece.submittedUs, count: piece.count });
      return false;
    });
  }

  #entryExecuted(nowUs: number, sequence: number, height: number): void {
    const pieces = this.#sealed.get(sequence);
    if (pieces === undefined) return;
    this.#sealed.delete(sequence);
    for (const { submittedUs, count } of pieces) {
      this.#finality.push({ value: nowUs - submittedUs, count });
      this.#unproven.push({ submittedUs, count, height });
    }
  }

  /** Latencies of these cities together, in milliseconds. */
  static together(cities: readonly CityLatencies[]): { finalityMs: Distribution; provableMs: Distribution } {
    const inMs = (values: readonly Weighted[]) =>
      distributionOf(values.map(({ value, count }) => ({ value: value / 1000, count })));
    return {
      finalityMs: inMs(cities.flatMap((city) => city.#finality)),
      provableMs: inMs(cities.flatMap((city) => city.#provable)),
    };
  }
}

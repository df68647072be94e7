import { BLACKLIST_FAMILY, blacklistTypes, CERTIFICATE_FAMILY, certificateTypes } from '@hansa/protocol/families';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import type { RecordOutcome } from '@hansa/protocol/replica';
import type { RaiseAlarm } from './ports.ts';
import { HourlyCounts } from './quotas.ts';

/** From an evaluation until its record is on the ledger: imports seal a thousand rows together, and wait for room. */
const GRACE_MS = 10 * 60_000;

/**
 * P2: evaluations for records are not counted to the quotas of lookups, because a record of the asking city stands behind
 * each. Whether it does is seen on that city's lane. What no record stands behind is a lookup, so of those a city may
 * have as many as its officers together; beyond that there is an alarm with its name. Counts begin with the daemon's start: those
 * before it know no records to compare them with.
 */
export class RecordWatch {
  readonly #genesis: () => Genesis;
  readonly #spareMax: number;
  readonly #alarm: RaiseAlarm;
  readonly #nowMs: () => number;
  readonly #counts = new HourlyCounts();

  constructor(options: {
    /** Of the present epoch (C12). */
    readonly genesis: () => Genesis;
    /** Evaluations of an hour that need no record. */
    readonly spareMax: number;
    readonly alarm: RaiseAlarm;
    readonly nowMs: () => number;
  }) {
    this.#genesis = options.genesis;
    this.#spareMax = options.spareMax;
    this.#alarm = options.alarm;
    this.#nowMs = options.nowMs;
  }

  evaluated(asker: AuthorityIndex, count: number, atMs: number): void {
    this.#counts.add(`e/${asker}`, count, atMs);
  }

  /** Records of an executed block: those that name a subject count, the rejected ones too, which were asked for alike. */
  executed(outcomes: readonly RecordOutcome[]): void {
    for (const { location, family, type } of outcomes) {
      if (namesSubject(family, type)) this.#counts.add(`r/${location.lane}`, 1, this.#nowMs());
    }
  }

  /** Compares the last hour; an alarm for each city whose lane does not show what it had evaluated. */
  look(): void {
    const nowMs = this.#nowMs();
    for (const { index, name } of this.#genesis().authorities) {
      const evaluated = this.#counts.count(`e/${index}`, nowMs, GRACE_MS);
      const recorded = this.#counts.count(`r/${index}`, nowMs);
      if (evaluated <= recorded + this.#spareMax) continue; // guard: P2 a record stands behind what is not counted
      this.#alarm({
        code: 'OPRF_RECORDS_MISSING',
        message: `${name} had ${evaluated} persons evaluated here for records within an hour, and its lane shows ${recorded}. Ask that city which import it was.`,
      });
    }
  }
}

function namesSubject(family: number, type: number): boolean {
  if (family === BLACKLIST_FAMILY) return type === blacklistTypes.list;
  return family === CERTIFICATE_FAMILY && (type === certificateTypes.issue || type === certificateTypes.supersede);
}

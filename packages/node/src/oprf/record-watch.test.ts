import { BLACKLIST_FAMILY, blacklistTypes, CERTIFICATE_FAMILY, certificateTypes } from '@hansa/protocol/families';
import type { RecordOutcome } from '@hansa/protocol/replica';
import { beforeEach, describe, expect, it } from 'vitest';
import { testFederation } from '../../../protocol/test/federation.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { RecordWatch } from './record-watch.ts';

const { genesis } = testFederation(nativeCrypto, 4);
const minuteMs = 60_000;
const spareMax = 5;

let nowMs: number;
let alarms: string[];
let watch: RecordWatch;

beforeEach(() => {
  nowMs = Date.UTC(2026, 10, 23, 4);
  alarms = [];
  const alarm = ({ code, message }: { code: string; message: string }) => void alarms.push(`${code} ${message}`);
  watch = new RecordWatch({ genesis: () => genesis, spareMax, alarm, nowMs: () => nowMs });
});

function executed(lane: number, count: number, family: number, type: number, rejected?: string): void {
  const location = { lane, sequence: 1, position: 0 };
  watch.executed(Array.from({ length: count }, (): RecordOutcome => ({ location, family, type, rejected })));
}

function alarmed(): string[] {
  alarms.length = 0;
  watch.look();
  return alarms.map((each) => each.slice(0, 26));
}

describe('evaluations for records', () => {
  it('may exceed the records of the lane by what its officers may look up, and no more (P2)', () => {
    watch.evaluated(1, 20, nowMs);
    nowMs += 11 * minuteMs;
    executed(1, 14, BLACKLIST_FAMILY, blacklistTypes.list);
    expect(alarmed()).toEqual(['OPRF_RECORDS_MISSING sanya']);
    expect(alarms[0]).toContain('20 persons evaluated here for records within an hour, and its lane shows 14');
    executed(1, 1, BLACKLIST_FAMILY, blacklistTypes.list);
    expect(alarmed()).toEqual([]);
  });

  it('are for listings and certificates of the own lane, those that the ledger rejected too', () => {
    watch.evaluated(1, 8, nowMs);
    nowMs += 11 * minuteMs;
    executed(0, 9, BLACKLIST_FAMILY, blacklistTypes.list);
    executed(1, 9, BLACKLIST_FAMILY, blacklistTypes.lift);
    executed(1, 9, CERTIFICATE_FAMILY, certificateTypes.use);
    expect(alarmed()).toHaveLength(1);
    executed(1, 1, CERTIFICATE_FAMILY, certificateTypes.issue);
    executed(1, 1, CERTIFICATE_FAMILY, certificateTypes.supersede);
    executed(1, 1, BLACKLIST_FAMILY, blacklistTypes.list, 'SUBJECT_LISTED_TOO_OFTEN');
    expect(alarmed()).toEqual([]);
  });

  it('have ten minutes until their records stand on the ledger, and are forgotten after the hour', () => {
    watch.evaluated(1, 100, nowMs);
    nowMs += 9 * minuteMs;
    expect(alarmed()).toEqual([]);
    nowMs += 2 * minuteMs;
    expect(alarmed()).toHaveLength(1);
    nowMs += 60 * minuteMs;
    expect(alarmed()).toEqual([]);
  });
});

import { limits, toHex, unwrap } from '@hansa/protocol';
import {
  blacklistTypes,
  checkRecord,
  encodeBlacklistLift,
  families,
  LiftReason,
  parseDay,
} from '@hansa/protocol/families';
import { encodeRecord, toRecordRef } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { BlacklistList } from '@hansa/protocol/wire';
import { describe, expect, it } from 'vitest';
import { builtInMapping } from '../src/import/index.ts';
import type { Registry } from '../src/registry/index.ts';
import { plainTagger } from './plain-tagger.ts';
import { bytesOf, decision, decisions, federation, type Lane, testCity } from './registry-fixture.ts';

const mapping = await builtInMapping('qionghai');

/** A record that lifts an own listing. */
function liftOf(lane: Lane, location: RecordLocation | undefined): Uint8Array {
  if (location === undefined) throw new Error('a listing is needed');
  const { genesis, crypto, domains } = federation;
  const listed = lane.entries[location.sequence - 1]?.[location.position] ?? new Uint8Array(0);
  const { subjectTag } = unwrap(checkRecord(listed, { genesis, crypto, domains, families })).body as BlacklistList;
  const officers = { handler: new Uint8Array(16).fill(1), approver: new Uint8Array(16).fill(2) };
  const listing = { $typeName: 'hansa.v1.RecordRef' as const, ...toRecordRef(location) };
  const body = encodeBlacklistLift({ subjectTag, listing, reason: LiftReason.VOID, ...officers });
  return encodeRecord({ family: 1, type: blacklistTypes.lift, requestId: new Uint8Array(16).fill(7), body });
}

describe('an import of what the ledger rejected before', () => {
  it('again tries what the ledger rejected, also with other content, and nothing else (L1, R2)', async () => {
    const { registry, lane } = testCity();
    const limit = limits.listingsPerCityMax;
    await registry.importBlacklist(bytesOf(decisions(limit + 2)), mapping);
    const rejected = lane.execute().filter((outcome) => outcome.rejected !== undefined);
    expect(rejected.map(({ rejected: code }) => code)).toEqual(['LISTINGS_TOO_MANY', 'LISTINGS_TOO_MANY']);
    const corrected = `${JSON.stringify({ ...decision(limit + 1), SXXW: '提供虚假材料骗提' })}\n`;
    const again = await registry.importBlacklist(bytesOf(decisions(limit) + corrected), mapping);
    expect(again).toMatchObject({ submitted: 1, alreadyThere: limit, refusedCount: 0 });
    expect(lane.entries.map((records) => records.length)).toEqual([limit + 2, 1]);
    // Not decided yet: it may still have its effect.
    expect(await registry.importBlacklist(bytesOf(decisions(limit) + corrected), mapping)).toMatchObject({
      submitted: 0,
      alreadyThere: limit + 1,
    });
  });

  it('does not send again what the ledger would reject again, and sends it when the reason is gone (L1, R2)', async () => {
    const { registry, lane } = testCity();
    const limit = limits.listingsPerCityMax;
    const { locations } = await registry.importBlacklist(bytesOf(decisions(limit + 1)), mapping);
    lane.execute();
    const again = () => registry.importBlacklist(bytesOf(decisions(limit + 1)), mapping);
    const report = await again();
    expect(report).toMatchObject({
      submitted: 0,
      alreadyThere: limit,
      refusedCount: 1,
      refused: [{ line: limit + 1 }],
    });
    expect(report.refused[0]).toMatchObject({ code: 'LISTINGS_TOO_MANY' });
    expect(report.refused[0]?.message).toContain(`haikou/1/${limit}`);
    expect(await registry.importBlacklist(bytesOf(decisions(limit + 1)), mapping, { dryRun: true })).toMatchObject({
      refusedCount: 1,
    });
    expect(lane.entries).toHaveLength(1);
    await lane.submit([liftOf(lane, locations[0])]);
    expect(lane.execute().map(({ rejected }) => rejected)).toEqual([undefined]);
    expect(await again()).toMatchObject({ submitted: 1, alreadyThere: limit, refusedCount: 0 });
    expect(lane.execute().map(({ rejected }) => rejected)).toEqual([undefined]);
  });

  it('takes the papers that the rejected record had taken, after a restart too, and no others (P1, L1)', async () => {
    const { registry, lane, restarted } = testCity();
    const limit = limits.listingsPerCityMax;
    const { RDWSH: judgementNumber, RDRQ, ZJHM: number } = decision(limit);
    const of = { judgementNumber, subject: { kind: 'id', number }, decidedOn: parseDay(RDRQ) ?? 0 } as const;
    const content = Buffer.from('%PDF-1.7');
    const [paper] = await registry.attachDocument(of, 'decision.pdf', content);
    await restarted().importBlacklist(bytesOf(decisions(limit + 1)), mapping);
    expect(lane.execute().at(-1)?.rejected).toBe('LISTINGS_TOO_MANY');
    await lane.submit([liftOf(lane, { lane: 0, sequence: 1, position: 0 })]);
    lane.execute();
    await restarted().importBlacklist(bytesOf(decisions(limit + 1)), mapping);
    expect(lane.execute().map(({ rejected }) => rejected)).toEqual([undefined]);
    const { genesis, crypto, domains } = federation;
    const papersOf = (record: Uint8Array) =>
      (unwrap(checkRecord(record, { genesis, crypto, domains, families })).body as BlacklistList).documentCommitments;
    const [first, , second] = lane.entries;
    for (const records of [first, second]) {
      expect(records?.flatMap(papersOf).map(toHex)).toEqual([paper?.commitment]);
    }
    expect(await restarted().listing({ lane: 0, sequence: 3, position: 0 })).toMatchObject({ documents: [paper] });
    await expect(restarted().attachDocument(of, 'late.pdf', content)).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_LATE',
    });
  });
});

describe('an import of what a second officer approved', () => {
  it('takes the papers that were seen: others, attached while the subject is tagged, make no listing (P1)', async () => {
    const { lane, restarted } = testCity();
    const { RDWSH: judgementNumber, RDRQ, ZJHM: number } = decision(0);
    const of = { judgementNumber, subject: { kind: 'id', number }, decidedOn: parseDay(RDRQ) ?? 0 } as const;
    const plain = plainTagger(federation);
    let meanwhile = async () => {};
    const registry: Registry = restarted({
      tagger: {
        tag: async (...asked) => {
          await meanwhile();
          return plain.tag(...asked);
        },
      },
    });
    const attach = (content: string) => registry.attachDocument(of, 'decision.pdf', Buffer.from(content));
    const take = (documents: readonly string[]) =>
      registry.importBlacklist(bytesOf(decisions(1)), mapping, { documents });
    const [seen] = await attach('%PDF-1.7 what the approver reads');
    meanwhile = async () => void (await attach('%PDF-1.7 what is listed'));
    expect(await take([seen?.commitment ?? ''])).toMatchObject({
      submitted: 0,
      stopped: { code: 'DOCUMENTS_CHANGED' },
    });
    meanwhile = async () => {};
    expect(await take([])).toMatchObject({ submitted: 0, stopped: { code: 'DOCUMENTS_CHANGED' } });
    expect(lane.entries).toEqual([]);
    const [other] = await attach('%PDF-1.7 what is listed');
    expect(await take([other?.commitment ?? ''])).toMatchObject({ submitted: 1, stopped: undefined });
    expect(await registry.listing({ lane: 0, sequence: 1, position: 0 })).toMatchObject({ documents: [other] });
  });
});

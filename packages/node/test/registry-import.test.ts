import { concatBytes, equalBytes, HansaError, toHex, utf8 } from '@hansa/protocol';
import { blacklistFactKey, liveListings, readBlacklistFact } from '@hansa/protocol/families';
import type { Write } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import type { RegistryPort } from '../src/api/ports.ts';
import { builtInMapping } from '../src/import/index.ts';
import { joinPatienceMs } from '../src/patience.ts';
import type { Registry } from '../src/registry/index.ts';
import { bytesOf, decision, decisions, exportOf, federation, testCity, today, windowFull } from './registry-fixture.ts';

const centres = ['haikou', 'sanya', 'danzhou', 'qionghai'] as const;
const mapping = await builtInMapping('qionghai');
const crash = new Error('the process is killed here');

const notJoined = (retryAfterMs: number) =>
  new HansaError('NOT_JOINED', 'The city may not sign yet.', { retryAfterMs });

/** What a store holds, for "nothing was kept". */
async function sizeOf(store: {
  range: (o: { gte: Uint8Array; lt: Uint8Array }) => AsyncIterable<unknown>;
}): Promise<number> {
  let size = 0;
  for await (const _ of store.range({ gte: new Uint8Array(0), lt: new Uint8Array([255]) })) size++;
  return size;
}

describe('the blacklists of the four centres', () => {
  it('are 480 decisions: 333 are accepted by the ledger, 147 refused because they are over', async () => {
    const counts = { rows: 0, accepted: 0, refused: 0 };
    for (const [index, centre] of centres.entries()) {
      const { registry, lane } = testCity(index);
      const report = await registry.importBlacklist(exportOf(centre, 'blacklist'), await builtInMapping(centre));
      expect(report).toMatchObject({ stopped: undefined, alreadyThere: 0, refusedNotListed: 0 });
      expect(report.submitted + report.refusedCount).toBe(report.rows);
      expect(new Set(report.refused.map(({ code }) => code))).toEqual(new Set(['ALREADY_EXPIRED']));
      expect(report.refused.map(({ line }) => line)).toEqual(
        report.refused.map(({ line }) => line).sort((a, b) => a - b),
      );
      const outcomes = lane.execute();
      expect(outcomes.map(({ location }) => location)).toEqual(report.locations);
      expect(outcomes.filter(({ rejected }) => rejected !== undefined)).toEqual([]);
      counts.rows += report.rows;
      counts.accepted += outcomes.length;
      counts.refused += report.refusedCount;
    }
    expect(counts).toEqual({ rows: 480, accepted: 333, refused: 147 });
  });

  it('answer a check by tag once they are executed', async () => {
    const { registry, lane } = testCity(0);
    await registry.importBlacklist(exportOf('haikou', 'blacklist'), await builtInMapping('haikou'));
    lane.execute();
    const asked = ['990112197311221719', '990101199001010019'].map((number) => ({ kind: 'id', number }) as const);
    const [listed, other] = await registry.tags('blacklist', asked, { operator: 'op08', case: 'W-7' });
    const fact = lane.ledger.fact(blacklistFactKey(federation.domains, listed as Uint8Array));
    expect(liveListings(readBlacklistFact(fact as Uint8Array), today)).toHaveLength(1);
    expect(lane.ledger.fact(blacklistFactKey(federation.domains, other as Uint8Array))).toBeUndefined();
  });

  it('leave nothing private on the lane (P1)', async () => {
    const { registry, lane } = testCity(0);
    await registry.importBlacklist(exportOf('haikou', 'blacklist'), await builtInMapping('haikou'));
    const published = Buffer.concat(lane.entries.flat());
    const text = Buffer.concat(await exportOf('haikou', 'blacklist').toArray()).toString();
    for (const row of text.split('\r\n').slice(1, -1)) {
      const [, , name, , number, , , amount, judgement, , , , , handler, approver] = row.split(',') as string[];
      for (const value of [name, number, amount, judgement]) expect(published.includes(value as string)).toBe(false);
      for (const officer of [handler, approver]) expect(published.includes(officer as string)).toBe(false);
    }
  });
});

describe('an import', () => {
  it('keeps the payload of each record, which opens its commitment, until it is erased (P1)', async () => {
    const { registry, lane } = testCity();
    const { lastLocation } = await registry.importBlacklist(bytesOf(decisions(3)), mapping);
    if (lastLocation === undefined) throw new Error('nothing was submitted');
    expect(await registry.listing(lastLocation)).toMatchObject({
      name: '吴娜',
      identityNumber: '99042519630514321X',
      amountFen: 2,
      handler: 'op01',
    });
    const record = lane.entries[0]?.[2] as Uint8Array;
    const fact = lane.execute();
    expect(fact[2]?.rejected).toBeUndefined();
    const commitment = await commitmentIn(record, registry);
    const opened = await registry.open(commitment);
    expect(
      equalBytes(
        federation.crypto.sha256(concatBytes(opened?.salt as Uint8Array, opened?.payload as Uint8Array)),
        commitment,
      ),
    ).toBe(true);
    await registry.erase(commitment);
    expect(await registry.open(commitment)).toBeUndefined();
    expect(await registry.listing(lastLocation)).toBeUndefined();
  });

  it('twice of the same file has no second effect, also after a restart (R2)', async () => {
    const city = testCity();
    expect(await city.registry.importBlacklist(bytesOf(decisions(5)), mapping)).toMatchObject({
      rows: 5,
      submitted: 5,
      alreadyThere: 0,
    });
    for (const registry of [city.registry, city.restarted()]) {
      expect(await registry.importBlacklist(bytesOf(decisions(7)), mapping)).toMatchObject({
        rows: 7,
        refusedCount: 0,
        stopped: undefined,
      });
    }
    expect(city.lane.recordCount).toBe(7);
  });

  it('of a file that repeats a row has one effect', async () => {
    const { registry, lane } = testCity();
    const report = await registry.importBlacklist(bytesOf(decisions(2) + decisions(2)), mapping);
    expect(report).toMatchObject({ rows: 4, submitted: 2, alreadyThere: 2 });
    expect(lane.recordCount).toBe(2);
  });

  it('refuses the same decision with other content, within a file and later', async () => {
    const { registry, lane } = testCity();
    const changed = `${JSON.stringify({ ...decision(0), SJJE_fen: 99_999 })}\n`;
    const differs = { line: 2, code: 'LISTING_DIFFERS' };
    expect(await registry.importBlacklist(bytesOf(decisions(1) + changed), mapping)).toMatchObject({
      submitted: 1,
      refused: [differs],
    });
    expect(await registry.importBlacklist(bytesOf(`\n${changed}`), mapping)).toMatchObject({
      submitted: 0,
      refusedCount: 1,
      refused: [differs],
    });
    expect(lane.recordCount).toBe(1);
  });

  it('by two at once seals each row once', async () => {
    const { registry, lane } = testCity();
    const reports = await Promise.all([1, 2, 3].map(() => registry.importBlacklist(bytesOf(decisions(1200)), mapping)));
    expect(reports.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(1200);
    expect(lane.recordCount).toBe(1200);
  });

  it('that is a dry run checks everything and keeps nothing', async () => {
    const { registry, lane, store } = testCity();
    const bad = `${JSON.stringify({ ...decision(9), SPR: 'op01' })}\n`;
    const report = await registry.importBlacklist(bytesOf(decisions(3) + bad), mapping, { dryRun: true });
    expect(report).toMatchObject({ dryRun: true, rows: 4, submitted: 3, refusedCount: 1, locations: [] });
    const accounts = await registry.importAccounts(exportOf('haikou', 'accounts'), await builtInMapping('haikou'), {
      dryRun: true,
    });
    expect(accounts).toMatchObject({ dryRun: true, submitted: 400 });
    expect([lane.recordCount, await sizeOf(store)]).toEqual([0, 0]);
  });

  it('seals up to 1000 rows as one entry and tells of each', async () => {
    const { registry, lane } = testCity();
    const told: number[] = [];
    const report = await registry.importBlacklist(bytesOf(decisions(2500)), mapping, {
      onProgress: ({ rows }) => told.push(rows),
    });
    expect(lane.entries.map((records) => records.length)).toEqual([1000, 1000, 500]);
    expect(told).toEqual([1000, 2000, 2500]);
    expect(report.lastLocation).toEqual({ lane: 0, sequence: 3, position: 499 });
  });

  it('reads no further than the batch at work: rows in flight do not grow with the file', async () => {
    let made = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      while (made < 6000) {
        yield utf8(decisions(50, made));
        made += 50;
      }
    }
    const { registry, lane } = testCity();
    let aheadMax = 0;
    lane.beforeSeal = () => {
      aheadMax = Math.max(aheadMax, made - lane.recordCount);
    };
    await registry.importBlacklist(endless(), mapping);
    expect(lane.recordCount).toBe(6000);
    expect(aheadMax).toBeLessThanOrEqual(1000 + 100);
  });

  it('tells of the first 10,000 refused rows, and of the number of the others', async () => {
    const { registry } = testCity();
    async function* bad(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 120; i++) yield utf8('{]\n'.repeat(100));
    }
    const report = await registry.importBlacklist(bad(), mapping);
    expect(report).toMatchObject({ rows: 12_000, refusedCount: 12_000, refusedNotListed: 2000 });
    expect(report.refused).toHaveLength(10_000);
  });

  it('that cannot read on says where, and what came before stands', async () => {
    const { registry, lane } = testCity();
    async function* damaged(): AsyncGenerator<Uint8Array> {
      yield concatBytes(utf8(decisions(3)), new Uint8Array([0xff]), utf8(decisions(3, 3)));
    }
    expect(await registry.importBlacklist(damaged(), mapping)).toMatchObject({
      rows: 3,
      submitted: 3,
      stopped: { code: 'ENCODING_INVALID', line: 4 },
    });
    expect(lane.recordCount).toBe(3);
  });

  it('that is interrupted stops after the batch at work, and goes on the next time', async () => {
    const { registry, lane } = testCity();
    const abort = new AbortController();
    lane.afterSeal = () => abort.abort();
    const interrupted = await registry.importBlacklist(bytesOf(decisions(2500)), mapping, { signal: abort.signal });
    expect(interrupted).toMatchObject({ rows: 1000, submitted: 1000, stopped: { code: 'IMPORT_INTERRUPTED' } });
    expect(await registry.importBlacklist(bytesOf(decisions(2500)), mapping)).toMatchObject({
      submitted: 1500,
      alreadyThere: 1000,
    });
  });

  it.each([
    ['the lane is full (R5)', windowFull],
    ['the city joins (R6)', () => notJoined(1)],
  ])('waits while %s', async (_why, refusal) => {
    const { registry, lane } = testCity();
    let refusals = 3;
    lane.beforeSeal = () => {
      if (refusals-- > 0) throw refusal();
    };
    expect(await registry.importBlacklist(bytesOf(decisions(2)), mapping)).toMatchObject({
      submitted: 2,
      stopped: undefined,
    });
    expect(refusals).toBe(-1);
  });

  it('that waits for room on the lane (R5) keeps no certificate and no account waiting', async () => {
    const { registry, lane } = testCity();
    const stop = new AbortController();
    const { promise: full, resolve: isFull } = Promise.withResolvers<void>();
    lane.beforeSeal = () => {
      isFull();
      throw windowFull();
    };
    const importing = registry.importBlacklist(bytesOf(decisions(2)), mapping, { signal: stop.signal });
    await full;
    const haikou = await builtInMapping('haikou');
    expect(await registry.importAccounts(exportOf('haikou', 'accounts'), haikou)).toMatchObject({ submitted: 400 });
    const draft = await registry.draftCertificate({ account: '01100000014', handler: 'op08' });
    expect(draft.document.accountNumber).toBe('01100000014');
    stop.abort();
    expect(await importing).toMatchObject({ submitted: 0, stopped: { code: 'IMPORT_INTERRUPTED' } });
  });

  it('stops with the reason when the city does not join in reasonable time (R6), and goes on later', async () => {
    const { registry, lane } = testCity();
    await registry.importBlacklist(bytesOf(decisions(2)), mapping);
    lane.beforeSeal = () => {
      throw notJoined(joinPatienceMs + 1);
    };
    expect(await registry.importBlacklist(bytesOf(decisions(4)), mapping)).toMatchObject({
      submitted: 0,
      stopped: { code: 'NOT_JOINED' },
    });
    lane.beforeSeal = () => undefined;
    expect(await registry.importBlacklist(bytesOf(decisions(4)), mapping)).toMatchObject({
      submitted: 2,
      alreadyThere: 2,
    });
    expect(lane.recordCount).toBe(4);
  });

  it('tells events as the API passes them on', async () => {
    const { registry } = testCity();
    const port: RegistryPort = registry;
    const bad = `${JSON.stringify({ ...decision(9), SPR: 'op01' })}\n`;
    const events = [];
    for await (const event of port.import('blacklist', bytesOf(bad + decisions(2)), {
      mapping: 'qionghai',
      dryRun: false,
    }))
      events.push(event);
    expect(events).toMatchObject([
      { kind: 'refused', line: 1, column: 'SPR', code: 'APPROVERS_NOT_DISTINCT' },
      { kind: 'sealed', lines: [2, 3], locations: [{ sequence: 1, position: 0 }, { position: 1 }] },
      { kind: 'progress', rows: 3 },
      {
        kind: 'report',
        rows: 3,
        accepted: 2,
        unchanged: 0,
        refused: 1,
        dryRun: false,
        lastLocation: { lane: 0, sequence: 1, position: 1 },
      },
    ]);
  });
});

describe('a crash during an import', () => {
  it('never finds a record on the lane whose payload and request were not flushed before', async () => {
    const city = testCity();
    const flushed = new Set<string>();
    city.store.beforeCommit = (writes: readonly Write[], flush) => {
      if (!flush) return;
      for (const { value } of writes) if (value !== undefined) flushed.add(toHex(federation.crypto.sha256(value)));
    };
    const before: boolean[] = [];
    city.lane.beforeSeal = () => void before.push(flushed.size >= 3);
    await city.registry.importBlacklist(bytesOf(decisions(3)), mapping);
    expect(before).toEqual([true]);
    for (const record of city.lane.entries[0] ?? [])
      expect(flushed.has(toHex(await commitmentIn(record, city.registry)))).toBe(true);
  });

  it.each([1, 2])(
    'at commit %d of two loses no row and seals none twice, because the own lane is looked at',
    async (failing) => {
      const city = testCity();
      let commits = 0;
      city.store.beforeCommit = () => {
        if (++commits === failing) throw crash;
      };
      await expect(city.registry.importBlacklist(bytesOf(decisions(4)), mapping)).rejects.toBe(crash);
      city.store.beforeCommit = () => undefined;
      const again = await city.restarted().importBlacklist(bytesOf(decisions(4)), mapping);
      expect(again).toMatchObject(
        failing === 1 ? { submitted: 4, alreadyThere: 0 } : { submitted: 0, alreadyThere: 4 },
      );
      expect(city.lane.recordCount).toBe(4);
      expect(await city.registry.listing({ lane: 0, sequence: 1, position: 3 })).toMatchObject({ amountFen: 3 });
    },
  );

  it('R6: on a lane that is not fetched back yet waits, and seals nothing twice', async () => {
    const city = testCity();
    let commits = 0;
    city.store.beforeCommit = () => {
      // Sealed, and not written down.
      if (++commits === 2) throw crash;
    };
    await expect(city.registry.importBlacklist(bytesOf(decisions(4)), mapping)).rejects.toBe(crash);
    city.store.beforeCommit = () => undefined;
    const fetched = city.lane.entries.splice(0);
    // The entries come while the first look is still too early.
    city.lane.ready = () => {
      const early = city.lane.entries.length === 0;
      if (early) city.lane.entries.push(...fetched);
      return !early;
    };
    const importing = city.restarted().importBlacklist(bytesOf(decisions(4)), mapping);
    expect(await importing).toMatchObject({ submitted: 0, alreadyThere: 4, stopped: undefined });
    expect(city.lane.recordCount).toBe(4);
  });

  it('between writing down and sealing has the very same records sealed the next time', async () => {
    const city = testCity();
    const seen: (readonly Uint8Array[])[] = [];
    const submit = async (records: readonly Uint8Array[]): Promise<never> => {
      seen.push(records);
      throw crash;
    };
    await expect(city.restarted({ submit }).importBlacklist(bytesOf(decisions(4)), mapping)).rejects.toBe(crash);
    await city.registry.importBlacklist(bytesOf(decisions(4)), mapping);
    expect(city.lane.entries).toEqual(seen);
  });

  it('after a crash loses and doubles nothing either, also when the file is shorter then', async () => {
    const city = testCity();
    const submit = async (): Promise<never> => {
      throw crash;
    };
    await expect(city.restarted({ submit }).importBlacklist(bytesOf(decisions(4)), mapping)).rejects.toBe(crash);
    let commits = 0;
    city.store.beforeCommit = () => {
      // The settling commit, the one before the records are submitted, the one after.
      if (++commits === 3) throw crash;
    };
    const withoutTheFirst = decisions(3, 1);
    await expect(city.restarted().importBlacklist(bytesOf(withoutTheFirst), mapping)).rejects.toBe(crash);
    expect(city.lane.recordCount).toBe(3);
    city.store.beforeCommit = () => undefined;
    expect(await city.restarted().importBlacklist(bytesOf(decisions(4)), mapping)).toMatchObject({
      submitted: 1,
      alreadyThere: 3,
    });
    expect(city.lane.execute().map(({ rejected }) => rejected)).toEqual([undefined, undefined, undefined, undefined]);
    expect(await city.registry.listing({ lane: 0, sequence: 1, position: 2 })).toMatchObject({ amountFen: 3 });
  });

  it('without a look at the lane seals again, and the ledger lets only the first have an effect (R2)', async () => {
    const city = testCity();
    let commits = 0;
    city.store.beforeCommit = () => {
      if (++commits === 2) throw crash;
    };
    await expect(city.registry.importBlacklist(bytesOf(decisions(2)), mapping)).rejects.toBe(crash);
    city.store.beforeCommit = () => undefined;
    const nothingSeen = {
      ready: () => true,
      tip: () => 0,
      records: async () => undefined,
      rejected: async () => undefined,
      trial: () => [],
    };
    await city.restarted({ lane: nothingSeen }).importBlacklist(bytesOf(decisions(2)), mapping);
    expect(city.lane.execute().map(({ rejected }) => rejected)).toEqual([
      undefined,
      undefined,
      'REQUEST_ALREADY_APPLIED',
      'REQUEST_ALREADY_APPLIED',
    ]);
  });
});

/** The commitment of a record, found as the one that the registry can open. */
async function commitmentIn(record: Uint8Array, registry: Registry): Promise<Uint8Array> {
  for (let at = 0; at + 32 <= record.length; at++) {
    const candidate = record.subarray(at, at + 32);
    if ((await registry.open(candidate)) !== undefined) return candidate;
  }
  throw new Error('the record holds no commitment of this registry');
}

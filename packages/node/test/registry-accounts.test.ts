import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex, utf8 } from '@hansa/protocol';
import { addMonths, certificateFactKey, certificateStatus, readCertificateFact } from '@hansa/protocol/families';
import { describe, expect, it } from 'vitest';
import { builtInMapping } from '../src/import/index.ts';
import { openRegistryStore, type Registry } from '../src/registry/index.ts';
import { bytesOf, exportOf, federation, testCity, today } from './registry-fixture.ts';

const mapping = await builtInMapping('qionghai');

const row = {
  ...{ GRZH: '04100000000', XingMing: '许兰敏', ZJLX: '01', ZJHM: '99040819921009853X', DWMC: '测试单位14' },
  ...{ TYSHXYDM: '91990400TE5T15874W', KHRQ: '2012-10-06', GRJCJS_fen: 1_872_000, DWJCBL: '7%', GRJCBL: '7%' },
  ...{
    YJCE_fen: 262_080,
    GRZHYE_fen: 7_547_904,
    GRZHZT: '01',
    JZNY: '2026-10',
    LXZCJCYS: '32',
    DKYE_fen: 0,
    LJDKCS: '0',
  },
};
const otherPerson = '990412200401272668';

async function keep(registry: Registry, ...rows: Partial<typeof row>[]) {
  const text = rows.map((change) => `${JSON.stringify({ ...row, ...change })}\n`).join('');
  return registry.importAccounts(bytesOf(text), mapping);
}

describe('the accounts of a centre', () => {
  it.each(['haikou', 'sanya', 'danzhou', 'qionghai'])(
    'of %s are kept once, and nothing of them is submitted',
    async (centre) => {
      const { registry, lane } = testCity();
      const own = await builtInMapping(centre);
      expect(await registry.importAccounts(exportOf(centre, 'accounts'), own)).toMatchObject({
        rows: 400,
        submitted: 400,
        refusedCount: 0,
      });
      expect(await registry.importAccounts(exportOf(centre, 'accounts'), own)).toMatchObject({
        submitted: 0,
        alreadyThere: 400,
      });
      expect(lane.recordCount).toBe(0);
    },
  );

  it('are found by account number and by citizen number, and follow the newest export', async () => {
    const { registry } = testCity();
    await keep(registry, {});
    expect(await registry.findAccount(' 04100000000 ')).toMatchObject({ name: '许兰敏', balanceFen: 7_547_904 });
    expect(await registry.findAccount('99040819921009853x')).toMatchObject({ accountNumber: '04100000000' });
    expect(await registry.findAccount('04199999999')).toBeUndefined();
    expect(await keep(registry, { GRZHYE_fen: 1 }, { GRZHYE_fen: 2 })).toMatchObject({ submitted: 1, alreadyThere: 1 });
    expect(await registry.findAccount('04100000000')).toMatchObject({ balanceFen: 2 });
  });

  it('are no longer found by a citizen number that was corrected', async () => {
    const { registry } = testCity();
    await keep(registry, {});
    await keep(registry, { ZJHM: otherPerson });
    expect(await registry.findAccount('99040819921009853X')).toBeUndefined();
    expect(await registry.findAccount(otherPerson)).toMatchObject({ accountNumber: '04100000000' });
  });

  it('of one person are told apart: the normal one first, else the newest', async () => {
    const { registry } = testCity();
    await keep(registry, { GRZH: 'a1', GRZHZT: '05', KHRQ: '2020-01-01' }, { GRZH: 'a2' });
    expect(await registry.findAccount(row.ZJHM)).toMatchObject({ accountNumber: 'a2' });
    await keep(registry, { GRZH: 'a2', GRZHZT: '02' });
    expect(await registry.findAccount(row.ZJHM)).toMatchObject({ accountNumber: 'a1' });
  });

  it('stand under keys that show no number', async () => {
    const { registry, store } = testCity();
    await keep(registry, {});
    for await (const [key] of store.range({ gte: new Uint8Array(0), lt: new Uint8Array([255]) })) {
      expect(Buffer.from(key).includes(row.GRZH)).toBe(false);
      expect(Buffer.from(key).includes(row.ZJHM)).toBe(false);
    }
  });
});

describe('a deposit certificate', () => {
  it('has the fields of the printed form, is valid two months, and is accepted by the ledger', async () => {
    const { registry, lane } = testCity(3);
    await keep(registry, { DKYE_fen: 100_000, LJDKCS: '2' });
    const draft = await registry.draftCertificate({
      account: row.GRZH,
      addressedTo: 'sanya',
      handler: '王五',
      phone: '0898-1',
    });
    expect(draft.document).toEqual({
      format: 'hansa-deposit-certificate/1',
      number: 'QIONGHAI-2026-000001',
      code: toHex(draft.certificateId),
      issuedBy: '测试城市 3',
      addressedTo: '测试城市 1',
      holderName: '许兰敏',
      holderIdentityNumber: '99040819921009853X',
      accountNumber: '04100000000',
      openedOn: '2012-10-06',
      employerName: '测试单位14',
      employerCode: '91990400TE5T15874W',
      baseFen: 1_872_000,
      employerRate: '7%',
      personalRate: '7%',
      monthlyDepositFen: 262_080,
      balanceFen: 7_547_904,
      accountStatus: 'normal',
      continuousSince: '2024-03',
      continuousThrough: '2026-10',
      continuousMonths: 32,
      everBorrowed: true,
      loanCount: 2,
      loanOutstandingFen: 100_000,
      handler: '王五',
      phone: '0898-1',
      issuedOn: '2026-11-23',
      validUntil: '2027-01-23',
    });
    const { locations } = await lane.submit([draft.record]);
    expect(lane.execute()).toMatchObject([{ location: locations[0], rejected: undefined }]);
    const fact = readCertificateFact(
      lane.ledger.fact(certificateFactKey(federation.domains, draft.certificateId)) as Uint8Array,
    );
    expect(fact).toMatchObject({ addressedTo: 1, issuedOn: today, validUntil: addMonths(today, 2) });
    expect(certificateStatus(fact, today)).toBe('active');
    expect(await registry.open(fact.commitment)).toBeDefined();
  });

  it('shows its document to its own city only, and puts nothing private on the lane (P1)', async () => {
    const city = testCity(3);
    await keep(city.registry, {});
    const draft = await city.registry.draftCertificate({ account: row.ZJHM, handler: '王五' });
    expect(await city.registry.certificateDocument(draft.certificateId)).toEqual(draft.document);
    expect(await testCity(1).registry.certificateDocument(draft.certificateId)).toBeUndefined();
    const published = Buffer.from(draft.record);
    for (const value of [
      row.XingMing,
      row.ZJHM,
      row.GRZH,
      row.DWMC,
      row.TYSHXYDM,
      '王五',
      '7547904',
      draft.document.number,
    ]) {
      expect(published.includes(value)).toBe(false);
    }
    await city.registry.erase(draft.commitment);
    expect(await city.registry.certificateDocument(draft.certificateId)).toBeUndefined();
  });

  it('for the same requestId is the same one (R2); others have the next number', async () => {
    const city = testCity(3);
    await keep(city.registry, {});
    const requestId = new Uint8Array(16).fill(7);
    const request = { account: row.GRZH, handler: '王五', requestId };
    const [first, second] = await Promise.all([
      city.registry.draftCertificate(request),
      city.registry.draftCertificate(request),
    ]);
    expect(second).toEqual(first);
    expect(await city.restarted().draftCertificate(request)).toEqual(first);
    const { requestId: _, ...anew } = request;
    expect((await city.restarted().draftCertificate(anew)).document.number).toBe('QIONGHAI-2026-000002');
  });

  it.each(['02', '03', '04', '05', '06', '99'])('is not given for an account of status %s', async (status) => {
    const { registry, store } = testCity(3);
    await keep(registry, { GRZHZT: status });
    let commits = 0;
    store.beforeCommit = () => void commits++;
    await expect(registry.draftCertificate({ account: row.GRZH, handler: '王五' })).rejects.toMatchObject({
      code: 'ACCOUNT_STATUS_UNFIT',
    });
    expect(commits).toBe(0);
  });

  it('is refused with distinct codes, none of which repeats the number', async () => {
    const { registry } = testCity(3);
    await keep(registry, {}, { GRZH: 'a2', ZJHM: otherPerson }, { GRZH: 'a3', ZJHM: otherPerson });
    const codeOf = async (request: object) => {
      try {
        await registry.draftCertificate({ account: row.GRZH, handler: '王五', ...request });
        return 'ok';
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        for (const value of Object.values(request)) expect(message).not.toContain(String(value));
        return code;
      }
    };
    expect(await codeOf({ account: '04199999999' })).toBe('ACCOUNT_UNKNOWN');
    expect(await codeOf({ account: otherPerson })).toBe('ACCOUNT_AMBIGUOUS');
    expect(await codeOf({ account: 'a3' })).toBe('ok');
    expect(await codeOf({ account: '990412200401272667' })).toBe('ID_CHECK_DIGIT');
    expect(await codeOf({ addressedTo: 'atlantis' })).toBe('CITY_UNKNOWN');
    expect(await codeOf({ validUntil: addMonths(today, 2) + 1 })).toBe('VALIDITY_TOO_LONG');
    expect(await codeOf({ validUntil: today - 1 })).toBe('DATES_OUT_OF_ORDER');
    expect(await codeOf({ validUntil: today })).toBe('ok');
  });

  it('of an account without continuous months says so by leaving the start out', async () => {
    const { registry } = testCity(3);
    await keep(registry, { LXZCJCYS: '0', DKYE_fen: 5 });
    const { document } = await registry.draftCertificate({ account: row.GRZH, handler: '王五' });
    expect(document).not.toHaveProperty('continuousSince');
    // Some exports count only loans that are paid back.
    expect(document).toMatchObject({ continuousMonths: 0, loanCount: 0, everBorrowed: true });
  });
});

describe('officers', () => {
  it('have one pseudonym each, which only their own city resolves (P1)', async () => {
    const [haikou, sanya] = [testCity(0), testCity(1)];
    const pseudonym = await haikou.registry.officer('王五');
    expect(await haikou.registry.officer('王五')).toEqual(pseudonym);
    expect(await haikou.restarted().officerName(pseudonym)).toBe('王五');
    expect(await sanya.registry.officerName(pseudonym)).toBeUndefined();
    expect(await sanya.registry.officer('王五')).not.toEqual(pseudonym);
    expect(await haikou.registry.officer('王六')).not.toEqual(pseudonym);
  });
});

describe('the private store on disk', () => {
  it('is a directory that nobody else can enter, also when it was open before', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'hansa-registry-'));
    try {
      for (let opening = 0; opening < 2; opening++) {
        const store = await openRegistryStore(join(parent, 'private'));
        await store.commit([{ key: utf8('k'), value: utf8('v') }], true);
        await store.close();
        expect((await stat(join(parent, 'private'))).mode & 0o777).toBe(0o700);
      }
    } finally {
      await rm(parent, { recursive: true });
    }
  });
});

import { createReadStream } from 'node:fs';
import { dayNumber } from '@hansa/protocol/families';
import { defaultPolicy } from '@hansa/protocol/genesis';
import { describe, expect, it } from 'vitest';
import type { Account, BlacklistDraft, RowResult } from './index.ts';
import { builtInMapping, readAccounts, readBlacklist } from './index.ts';

const today = dayNumber({ year: 2026, month: 11, day: 23 });
const context = { testFederation: true, today, policy: defaultPolicy.listing };
const centres = [
  { name: 'haikou', ending: 'csv', live: 85 },
  { name: 'sanya', ending: 'csv', live: 80 },
  { name: 'danzhou', ending: 'tsv', live: 78 },
  { name: 'qionghai', ending: 'jsonl', live: 90 },
] as const;

function fileOf(centre: { name: string; ending: string }, kind: string) {
  return createReadStream(new URL(`../../data/centres/${centre.name}/${kind}.${centre.ending}`, import.meta.url));
}

async function listings(centre: (typeof centres)[number], over: Partial<typeof context> = {}) {
  const results: RowResult<BlacklistDraft>[] = [];
  const mapping = await builtInMapping(centre.name);
  for await (const row of readBlacklist(fileOf(centre, 'blacklist'), mapping, { ...context, ...over }))
    results.push(row);
  return results;
}

async function accounts(centre: (typeof centres)[number], over: Partial<typeof context> = {}) {
  const results: RowResult<Account>[] = [];
  const mapping = await builtInMapping(centre.name);
  for await (const row of readAccounts(fileOf(centre, 'accounts'), mapping, { ...context, ...over })) results.push(row);
  return results;
}

const good = <T>(rows: readonly RowResult<T>[]) => rows.flatMap((row) => ('value' in row ? [row.value] : []));
const bad = <T>(rows: readonly RowResult<T>[]) => rows.flatMap((row) => ('refusal' in row ? [row.refusal] : []));

describe.each(centres)('the export of $name', (centre) => {
  it('has 120 decisions, of which those still running on 2026-11-23 pass and the others are over', async () => {
    const rows = await listings(centre);
    expect(rows).toHaveLength(120);
    expect(good(rows)).toHaveLength(centre.live);
    expect(new Set(bad(rows).map(({ code, column }) => `${code} ${column}`))).toEqual(
      new Set([`ALREADY_EXPIRED ${centre.name === 'haikou' || centre.name === 'sanya' ? '限制期限至' : 'XZQXZ'}`]),
    );
    for (const draft of good(rows)) expect(draft.restrictUntil).toBeGreaterThanOrEqual(today);
  });

  it('is refused for being over exactly when it was over: on the day before the first end all pass', async () => {
    const rows = await listings(centre, { today: dayNumber({ year: 2024, month: 12, day: 31 }) });
    // Decisions after that day are dated in the future then; nothing else is wrong with any row.
    expect(new Set(bad(rows).map(({ code }) => code))).toEqual(new Set(['DECISION_IN_FUTURE']));
  });

  it('has 400 accounts, all good', async () => {
    const rows = await accounts(centre);
    expect(rows).toHaveLength(400);
    expect(bad(rows)).toEqual([]);
    for (const account of good(rows)) {
      // The centres compute the monthly deposit from base and rates: a unit read wrong would show here.
      const { baseFen, employerRate, personalRate, monthlyDepositFen } = account;
      expect((baseFen * (employerRate + personalRate)) / 10_000).toBe(monthlyDepositFen);
    }
  });

  it('is refused row by row outside of a test federation, for its synthetic persons', async () => {
    const rows = [
      ...(await listings(centre, { testFederation: false })),
      ...(await accounts(centre, { testFederation: false })),
    ];
    expect(good<unknown>(rows)).toEqual([]);
    expect(new Set(bad<unknown>(rows).map(({ code }) => code))).toEqual(new Set(['ID_TEST_PREFIX']));
  });

  it('has no private value in any refusal (P1)', async () => {
    const rows = await listings(centre);
    expect(JSON.stringify(bad(rows))).not.toMatch(/99\d{4}|〔|op\d|ap\d|\d\.\d\d/);
  });
});

describe('the first decision of haikou', () => {
  it('is read as it stands, with publicity and sharing inside the restriction', async () => {
    const [first] = good(await listings(centres[0]));
    const day = (year: number, month: number, dayOfMonth: number) => dayNumber({ year, month, day: dayOfMonth });
    expect(first).toEqual({
      subject: { kind: 'id', number: '990112197311221719' },
      name: '孙玉杰',
      behaviour: 'default',
      severity: 'serious',
      amountFen: 2_715_000,
      judgementNumber: '海口公积金认字〔2024〕486号',
      noticeDate: day(2024, 5, 5),
      objectionUntil: day(2024, 5, 20),
      decidedOn: day(2024, 6, 2),
      effectiveFrom: day(2024, 6, 2),
      publishUntil: day(2027, 6, 2),
      shareUntil: day(2027, 6, 2),
      restrictUntil: day(2027, 6, 2),
      handler: 'op08',
      approver: 'ap02',
      catalogueRef: 'joint-discipline/housing-fund',
    });
  });

  it('of general severity is published for the 12 months of the policy only', async () => {
    const second = good(await listings(centres[0])).find(({ severity }) => severity === 'general');
    expect(second?.publishUntil).toBe(dayNumber({ year: 2026, month: 9, day: 2 }));
    expect(second?.shareUntil).toBe(second?.restrictUntil);
  });
});

describe('the first account of qionghai', () => {
  it('is read from whole fen and JGJ codes', async () => {
    expect(good(await accounts(centres[3]))[0]).toEqual({
      accountNumber: '04100000000',
      name: '许兰敏',
      citizenNumber: '99040819921009853X',
      employerName: '测试单位14',
      employerCode: '91990400TE5T15874W',
      openedOn: dayNumber({ year: 2012, month: 10, day: 6 }),
      baseFen: 1_872_000,
      employerRate: 700,
      personalRate: 700,
      monthlyDepositFen: 262_080,
      balanceFen: 7_547_904,
      status: 'normal',
      paidThrough: '2026-10',
      continuousMonths: 32,
      loanCount: 0,
      loanOutstandingFen: 0,
      loanTotalFen: null,
    });
  });
});

import { dayNumber } from '@hansa/protocol/families';
import { defaultPolicy, type ListingPolicy } from '@hansa/protocol/genesis';
import { describe, expect, it } from 'vitest';
import { builtInMapping, readAccounts, readBlacklist } from './index.ts';

const today = dayNumber({ year: 2026, month: 11, day: 23 });
const context = { testFederation: true, today, policy: defaultPolicy.listing };
const mapping = await builtInMapping('qionghai');

const decision = {
  ZTLX: '自然人',
  XingMing: '吴娜',
  ZJLX: '01',
  ZJHM: '99042519630514321X',
  SXXW: '提供虚假材料骗提',
  YZCD: '一般',
  SJJE_fen: 11_495_000,
  RDWSH: '琼海公积金认字〔2026〕156号',
  GZRQ: '2026-05-05',
  YYJZRQ: '2026-05-20',
  RDRQ: '2026-06-02',
  XZQXZ: '2028-06-02',
  JBR: 'op05',
  SPR: 'ap03',
};

const account = {
  GRZH: '04100000000',
  XingMing: '许兰敏',
  ZJLX: '01',
  ZJHM: '99040819921009853X',
  DWMC: '测试单位14',
  TYSHXYDM: '91990400TE5T15874W',
  KHRQ: '2012-10-06',
  GRJCJS_fen: 1_872_000,
  DWJCBL: '7%',
  GRJCBL: '7%',
  YJCE_fen: 262_080,
  GRZHYE_fen: 7_547_904,
  GRZHZT: '01',
  JZNY: '2026-10',
  LXZCJCYS: '32',
  DKYE_fen: 0,
  LJDKCS: '0',
};

async function* jsonLine(row: object): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(JSON.stringify(row));
}

async function outcome(kind: 'blacklist' | 'accounts', change: object): Promise<string> {
  const read = kind === 'blacklist' ? readBlacklist : readAccounts;
  const base = kind === 'blacklist' ? decision : account;
  for await (const row of read(jsonLine({ ...base, ...change }), mapping, context)) {
    if (!('refusal' in row)) return 'ok';
    for (const value of Object.values(change)) {
      // Too short a value could stand in a message by chance.
      if (String(value).length > 3) expect(row.refusal.message).not.toContain(String(value));
    }
    return `${row.refusal.code} ${row.refusal.column}`;
  }
  return 'nothing';
}

describe('a decision', () => {
  it('without fault passes', async () => expect(await outcome('blacklist', {})).toBe('ok'));

  it.each([
    [{ ZTLX: '其他组织' }, 'SUBJECT_KIND_UNKNOWN ZTLX'],
    [{ XingMing: '' }, 'VALUE_MISSING XingMing'],
    [{ XingMing: '吴\u0000娜' }, 'TEXT_MALFORMED XingMing'],
    [{ XingMing: '吴'.repeat(101) }, 'TEXT_MALFORMED XingMing'],
    [{ ZJLX: '111' }, 'ID_TYPE_UNKNOWN ZJLX'],
    [{ ZJLX: 'constructor' }, 'ID_TYPE_UNKNOWN ZJLX'],
    [{ ZJHM: '990425196305143211' }, 'ID_CHECK_DIGIT ZJHM'],
    [{ ZJHM: '990425630514321' }, 'ID_15_DIGITS ZJHM'],
    [{ ZJHM: null }, 'VALUE_MISSING ZJHM'],
    [{ ZTLX: '法人' }, 'ID_TYPE_MISFIT ZJLX'],
    [{ SXXW: '迟到' }, 'BEHAVIOUR_UNKNOWN SXXW'],
    [{ YZCD: '特别严重' }, 'SEVERITY_UNKNOWN YZCD'],
    [{ SJJE_fen: 114_950.5 }, 'MONEY_MALFORMED SJJE_fen'],
    [{ SJJE_fen: -11_495_000 }, 'MONEY_NEGATIVE SJJE_fen'],
    [{ RDWSH: '' }, 'VALUE_MISSING RDWSH'],
    [{ GZRQ: '2026-02-30' }, 'DATE_IMPOSSIBLE GZRQ'],
    [{ GZRQ: '20260505' }, 'DATE_MALFORMED GZRQ'],
    [{ GZRQ: '1969-05-05' }, 'DATE_OUT_OF_RANGE GZRQ'],
    [{ YYJZRQ: '2026-05-05' }, 'DATES_OUT_OF_ORDER YYJZRQ'],
    [{ YYJZRQ: '2026-05-11' }, 'OBJECTION_WINDOW_SHORT YYJZRQ'],
    [{ RDRQ: '2026-05-20' }, 'OBJECTION_WINDOW_OPEN RDRQ'],
    [{ RDRQ: '2026-11-24' }, 'DECISION_IN_FUTURE RDRQ'],
    [{ XZQXZ: '2026-06-01' }, 'DATES_OUT_OF_ORDER XZQXZ'],
    [{ XZQXZ: '2026-11-22' }, 'ALREADY_EXPIRED XZQXZ'],
    [{ XZQXZ: '2029-06-03' }, 'RESTRICT_TOO_LONG XZQXZ'],
    [{ YZCD: '轻微', XZQXZ: '2028-06-03' }, 'RESTRICT_TOO_LONG XZQXZ'],
    [{ SPR: 'op05' }, 'APPROVERS_NOT_DISTINCT SPR'],
    [{ SPR: '' }, 'VALUE_MISSING SPR'],
  ])('with %j is refused: %s', async (change, refusal) => expect(await outcome('blacklist', change)).toBe(refusal));

  it.each([
    { YYJZRQ: '2026-05-12' },
    { RDRQ: '2026-05-21' },
    { RDRQ: '2026-11-23', XZQXZ: '2026-11-23' },
    { XZQXZ: '2026-11-23' },
    { XZQXZ: '2029-06-02' },
    { SJJE_fen: '' },
    { ZJHM: '99042519630514321x' },
    { ZTLX: '法人', ZJLX: '', ZJHM: '91990400TE5T15874W' },
  ])('at the edge of a rule passes: %j', async (change) => expect(await outcome('blacklist', change)).toBe('ok'));

  it('that restricts for less than the policy wants is refused, and is not published when its publicity would be too short', async () => {
    const listing = { ...defaultPolicy.listing, shareMonthsMin: [0, 12, 24], restrictMonthsMin: [0, 6, 12] } as const;
    const read = async (XZQXZ: string, policy: ListingPolicy = listing) => {
      const rows = readBlacklist(jsonLine({ ...decision, YZCD: '严重', XZQXZ }), mapping, { ...context, policy });
      const { value: row } = await rows[Symbol.asyncIterator]().next();
      return row === undefined || 'refusal' in row ? row?.refusal.code : row.value;
    };
    expect(await read('2027-06-01')).toBe('RESTRICT_TOO_SHORT');
    const until = dayNumber({ year: 2027, month: 6, day: 2 });
    expect(await read('2027-06-02')).toMatchObject({ publishUntil: until, shareUntil: 0, restrictUntil: until });
    const longer = await read('2027-06-02', { ...listing, publishMonthsMin: [0, 3, 13] });
    expect(longer).toMatchObject({ publishUntil: 0, restrictUntil: until });
  });

  it('about an organisation is checked by its credit code', async () => {
    expect(await outcome('blacklist', { ZTLX: '法人', ZJLX: '', ZJHM: '91990400TE5T158740' })).toBe(
      'ORG_CODE_CHECK_CHARACTER ZJHM',
    );
  });
});

describe('an account', () => {
  it('without fault passes', async () => expect(await outcome('accounts', {})).toBe('ok'));

  it.each([
    [{ GRZH: '04100000000 1' }, 'ACCOUNT_NUMBER_MALFORMED GRZH'],
    [{ GRZH: 4_100_000_000.5 }, 'ACCOUNT_NUMBER_MALFORMED GRZH'],
    [{ ZJHM: '99040819921009853' }, 'ID_MALFORMED ZJHM'],
    [{ TYSHXYDM: '91990400TE5T15874X' }, 'ORG_CODE_CHECK_CHARACTER TYSHXYDM'],
    [{ KHRQ: '2026-11-24' }, 'DATE_IN_FUTURE KHRQ'],
    [{ GRJCJS_fen: 'many' }, 'MONEY_MALFORMED GRJCJS_fen'],
    [{ DWJCBL: '0.07.1' }, 'RATE_MALFORMED DWJCBL'],
    [{ GRZHZT: '07' }, 'ACCOUNT_STATUS_UNKNOWN GRZHZT'],
    [{ GRZHZT: '1' }, 'ACCOUNT_STATUS_UNKNOWN GRZHZT'],
    [{ JZNY: '202610' }, 'DATE_MALFORMED JZNY'],
    [{ LXZCJCYS: '-1' }, 'COUNT_MALFORMED LXZCJCYS'],
    [{ LJDKCS: '1.5' }, 'COUNT_MALFORMED LJDKCS'],
    [{ DKYE_fen: null }, 'VALUE_MISSING DKYE_fen'],
  ])('with %j is refused: %s', async (change, refusal) => expect(await outcome('accounts', change)).toBe(refusal));
});

describe('a mapping without the part for a kind', () => {
  it('is refused before the file is read', () => {
    const { accounts: _, ...withoutAccounts } = mapping;
    expect(() => readAccounts(jsonLine(account), withoutAccounts, context)).toThrow(
      expect.objectContaining({ code: 'MAPPING_LACKS_KIND' }),
    );
  });
});

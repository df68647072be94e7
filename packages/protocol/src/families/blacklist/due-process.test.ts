import { beforeEach, describe, expect, it } from 'vitest';
import { fixtureGenesis, LedgerDriver, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { defaultPolicy } from '../../genesis/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { addMonths } from '../calendar.ts';
import { blacklistFactKey, LiftReason, liveListings, readBlacklistFact, Severity } from './index.ts';

const [HAIKOU, SANYA] = [0, 1];
const genesis = { ...fixtureGenesis(crypto, 4), policy: defaultPolicy };
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

const list = (parts: Parameters<RecordMaker['list']>[1], day = TODAY) =>
  driver.one(HAIKOU, maker.list('wang', parts), day).code ?? 'accepted';

function answers(day = TODAY): number {
  const value = driver.ledger.fact(blacklistFactKey(domains, maker.tag('wang')));
  return liveListings(value === undefined ? undefined : readBlacklistFact(value), day).length;
}

/** What the law gives to a person before and after the listing, rule by rule, under the policy by default. */
describe('due process', () => {
  it('is in order with the usual listing', () => {
    expect(list({})).toBe('accepted');
    expect(answers()).toBe(1);
  });

  it('needs a notice date', () => {
    expect(list({ noticeDate: 0 })).toBe('DATE_MISSING');
  });

  it('needs an end of the objection window, after the notice', () => {
    expect(list({ objectionUntil: 0 })).toBe('DATE_MISSING');
    expect(list({ objectionUntil: TODAY - 60 })).toBe('DATES_OUT_OF_ORDER');
  });

  it('gives seven days to object', () => {
    expect(list({ objectionUntil: TODAY - 60 + 6 })).toBe('OBJECTION_WINDOW_SHORT');
    expect(list({ objectionUntil: TODAY - 60 + 7 })).toBe('accepted');
  });

  it('decides after the objection window has ended, not on its last day', () => {
    expect(list({ decidedOn: TODAY - 45, effectiveFrom: TODAY - 45 })).toBe('OBJECTION_WINDOW_OPEN');
    expect(list({ decidedOn: TODAY - 44, effectiveFrom: TODAY - 44 })).toBe('accepted');
  });

  it('takes two different officers: to list, to amend and to lift', () => {
    const same = { approver: maker.officer('handler') };
    expect(list(same)).toBe('APPROVERS_NOT_DISTINCT');
    const { location } = driver.one(HAIKOU, maker.list('wang'));
    expect(driver.one(HAIKOU, maker.amend('wang', location, { restrictUntil: TODAY, ...same })).code).toBe(
      'APPROVERS_NOT_DISTINCT',
    );
    expect(driver.one(HAIKOU, maker.lift('wang', location, same)).code).toBe('APPROVERS_NOT_DISTINCT');
    expect(list({ approver: new Uint8Array(0) })).toBe('MALFORMED');
  });

  it.each([
    ['minor', Severity.MINOR, 3, 24, 24],
    ['general', Severity.GENERAL, 12, 36, 36],
    ['serious', Severity.SERIOUS, 36, 60, 60],
  ])('bounds a %s listing by the maxima of its severity', (_name, severity, publish, share, restrict) => {
    const decided = TODAY - 30;
    const until = (months: number) => addMonths(decided, months);
    const none = { severity, publishUntil: 0, shareUntil: 0, restrictUntil: 0 };
    expect(list({ ...none, publishUntil: until(publish) + 1 })).toBe('PUBLISH_TOO_LONG');
    expect(list({ ...none, shareUntil: until(share) + 1 })).toBe('SHARE_TOO_LONG');
    expect(list({ ...none, restrictUntil: until(restrict) + 1 })).toBe('RESTRICT_TOO_LONG');
    const longest = { publishUntil: until(publish), shareUntil: until(share), restrictUntil: until(restrict) };
    expect(list({ ...none, ...longest })).toBe('accepted');
  });

  it.each([
    ['general', Severity.GENERAL, 3],
    ['serious', Severity.SERIOUS, 12],
  ])('publishes a %s listing for its shortest term at least, or not at all', (_name, severity, months) => {
    const shortest = addMonths(TODAY - 30, months);
    expect(list({ severity, publishUntil: shortest - 1 })).toBe('PUBLISH_TOO_SHORT');
    expect(list({ severity, publishUntil: shortest })).toBe('accepted');
    expect(list({ severity, publishUntil: 0 })).toBe('accepted');
    const { location } = driver.one(HAIKOU, maker.list('wang', { severity, publishUntil: shortest + 1 }));
    const amend = (parts: object) => driver.one(HAIKOU, maker.amend('wang', location, parts)).code ?? 'accepted';
    expect(amend({ publishUntil: shortest - 1 })).toBe('PUBLISH_TOO_SHORT');
    expect(amend({ publishUntil: shortest })).toBe('accepted');
  });

  it('has no shortest term of a minor listing, and of sharing and restriction none but those that the policy names', () => {
    const short = { publishUntil: TODAY, shareUntil: TODAY, restrictUntil: TODAY };
    expect(list({ severity: Severity.MINOR, ...short })).toBe('accepted');
    const listing = { ...genesis.policy.listing, shareMonthsMin: [1, 2, 3], restrictMonthsMin: [2, 3, 4] } as const;
    const strict = { ...genesis, policy: { ...genesis.policy, listing } };
    driver = new LedgerDriver(new Ledger({ genesis: strict, crypto, domains }), crypto);
    const until = (months: number) => addMonths(TODAY - 30, months);
    const minor = { severity: Severity.MINOR, publishUntil: 0 };
    expect(list({ ...minor, shareUntil: until(1) - 1, restrictUntil: 0 })).toBe('SHARE_TOO_SHORT');
    expect(list({ ...minor, shareUntil: until(1), restrictUntil: until(2) - 1 })).toBe('RESTRICT_TOO_SHORT');
    expect(list({ ...minor, shareUntil: until(1), restrictUntil: until(2) })).toBe('accepted');
  });

  it('keeps the bounds of the severity when a listing is amended, counted from the decision', () => {
    const until = (months: number) => addMonths(TODAY - 30, months);
    const { location } = driver.one(HAIKOU, maker.list('wang', { publishUntil: until(3) + 1 }));
    const amend = (parts: object) => driver.one(HAIKOU, maker.amend('wang', location, parts)).code ?? 'accepted';
    expect(amend({ severity: Severity.MINOR })).toBe('PUBLISH_TOO_LONG');
    expect(amend({ severity: Severity.MINOR, publishUntil: until(3) })).toBe('accepted');
  });

  it('makes nothing harsher by an amendment, which has no notice and no objection window: that takes a new listing', () => {
    const { location } = driver.one(HAIKOU, maker.list('wang', { severity: Severity.MINOR, publishUntil: 0 }));
    const amend = (parts: object) => driver.one(HAIKOU, maker.amend('wang', location, parts)).code ?? 'accepted';
    expect(amend({ severity: Severity.SERIOUS })).toBe('AMEND_HARSHER');
    expect(amend({ restrictUntil: TODAY + 301 })).toBe('AMEND_HARSHER');
    expect(amend({ publishUntil: TODAY })).toBe('AMEND_HARSHER');
    expect(amend({ shareUntil: TODAY })).toBe('accepted');
    // Once milder, always milder.
    expect(amend({ shareUntil: TODAY + 200 })).toBe('AMEND_HARSHER');
    expect(list({ severity: Severity.SERIOUS, publishUntil: 0 })).toBe('accepted');
  });

  it('stops answering after the last of its dates, without anybody\u2019s doing', () => {
    list({ severity: Severity.MINOR, publishUntil: TODAY + 1, shareUntil: TODAY + 2, restrictUntil: TODAY + 3 });
    expect([1, 2, 3, 4].map((days) => answers(TODAY + days))).toEqual([1, 1, 1, 0]);
  });

  it.each([
    ['expired', LiftReason.EXPIRED],
    ['repaired', LiftReason.REPAIRED],
    ['void', LiftReason.VOID],
  ])('stops answering when it is lifted as %s, which only its own city can do', (_name, reason) => {
    const { location } = driver.one(HAIKOU, maker.list('wang'));
    expect(driver.one(SANYA, maker.lift('wang', location, { reason })).code).toBe('NOT_LISTING_CITY');
    expect(answers()).toBe(1);
    expect(driver.one(HAIKOU, maker.lift('wang', location, { reason })).code).toBeUndefined();
    expect(answers()).toBe(0);
    expect(driver.ledger.fact(blacklistFactKey(domains, maker.tag('wang')))).toBeUndefined();
  });

  it('lets a person object through any city, which shows with every hit', () => {
    const { location } = driver.one(HAIKOU, maker.list('wang'));
    expect(driver.one(SANYA, maker.dispute('wang', location)).code).toBeUndefined();
    const value = driver.ledger.fact(blacklistFactKey(domains, maker.tag('wang'))) as Uint8Array;
    expect(liveListings(readBlacklistFact(value), TODAY)).toMatchObject([{ disputed: true, restricted: true }]);
  });
});

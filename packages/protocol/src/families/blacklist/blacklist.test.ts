import { beforeEach, describe, expect, it } from 'vitest';
import { fixtureGenesis, LedgerDriver, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { DisputeEffect, DisputeState } from '../../gen/hansa/v1/families_pb.ts';
import type { DisputePolicy } from '../../genesis/types.ts';
import { Ledger } from '../../ledger/index.ts';
import { limits } from '../../limits.ts';
import { addMonths, parseDay } from '../calendar.ts';
import {
  type BlacklistFact,
  blacklistFactKey,
  isLate,
  LiftReason,
  liveListings,
  readBlacklistFact,
  Severity,
} from './index.ts';

const [HAIKOU, SANYA] = [0, 1];
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

function factOf(subject: string): BlacklistFact | undefined {
  const value = driver.ledger.fact(blacklistFactKey(domains, maker.tag(subject)));
  return value === undefined ? undefined : readBlacklistFact(value);
}

/** Lists a person in Haikou. */
function listed(subject = 'wang', parts: Parameters<RecordMaker['list']>[1] = {}, lane = HAIKOU) {
  const { location, code } = driver.one(lane, maker.list(subject, parts));
  expect(code).toBeUndefined();
  return location;
}

describe('blacklist list', () => {
  it('makes a fact that answers at once, and nobody else is listed', () => {
    const location = listed();
    const fact = factOf('wang');
    expect(fact?.listings).toEqual([
      {
        location,
        severity: 2,
        decidedOn: TODAY - 30,
        effectiveFrom: TODAY - 30,
        publishUntil: TODAY + 100,
        shareUntil: TODAY + 200,
        restrictUntil: TODAY + 300,
        disputed: false,
        disputeEffect: DisputeEffect.UNSPECIFIED,
        lifted: LiftReason.UNSPECIFIED,
        listedAtMs: expect.any(Number),
      },
    ]);
    expect(liveListings(fact, TODAY)).toHaveLength(1);
    expect(factOf('li')).toBeUndefined();
  });

  it.each([
    ['a subject tag of 31 bytes', { subjectTag: new Uint8Array(31) }, 'MALFORMED'],
    ['no commitment', { commitment: new Uint8Array(0) }, 'MALFORMED'],
    ['no severity', { severity: Severity.UNSPECIFIED }, 'MALFORMED'],
    ['no approver', { approver: new Uint8Array(0) }, 'MALFORMED'],
    ['one officer who handles and approves', { approver: maker.officer('handler') }, 'APPROVERS_NOT_DISTINCT'],
    ['nine document commitments', { documentCommitments: Array(9).fill(new Uint8Array(32)) }, 'MALFORMED'],
    ['a short document commitment', { documentCommitments: [new Uint8Array(31)] }, 'MALFORMED'],
    ['no catalogue item', { catalogueRef: '' }, 'CATALOGUE_REF_INVALID'],
    ['a catalogue item of 33 letters', { catalogueRef: 'a'.repeat(33) }, 'CATALOGUE_REF_INVALID'],
    ['free text instead of a catalogue item (P1)', { catalogueRef: 'took money' }, 'CATALOGUE_REF_INVALID'],
    ['a long number in the catalogue item (P1)', { catalogueRef: 'id-990101199001010019' }, 'CATALOGUE_REF_INVALID'],
    ['no notice', { noticeDate: 0 }, 'DATE_MISSING'],
    ['no objection window', { objectionUntil: 0 }, 'DATE_MISSING'],
    ['no decision', { decidedOn: 0 }, 'DATE_MISSING'],
    ['no beginning', { effectiveFrom: 0 }, 'DATE_MISSING'],
    ['no end of any kind', { publishUntil: 0, shareUntil: 0, restrictUntil: 0 }, 'DATE_MISSING'],
    ['an end after the year 9999', { restrictUntil: 2_932_897 }, 'DATE_OUT_OF_RANGE'],
    ['a notice after the year 9999', { noticeDate: 2_932_897 }, 'DATE_OUT_OF_RANGE'],
    ['a window that ends with the notice', { objectionUntil: TODAY - 60 }, 'DATES_OUT_OF_ORDER'],
    ['a window of 6 days where 7 are due', { objectionUntil: TODAY - 54 }, 'OBJECTION_WINDOW_SHORT'],
    ['a window of 7 days where 7 are due', { objectionUntil: TODAY - 53 }, undefined],
    ['a decision on the last day of the window', { objectionUntil: TODAY - 30 }, 'OBJECTION_WINDOW_OPEN'],
    ['a decision on the day after the window', { objectionUntil: TODAY - 31 }, undefined],
    ['a decision of tomorrow', { decidedOn: TODAY + 1, effectiveFrom: TODAY + 1 }, 'DECISION_IN_FUTURE'],
    ['a decision of today', { decidedOn: TODAY, effectiveFrom: TODAY }, undefined],
    ['a beginning before the decision', { effectiveFrom: TODAY - 31 }, 'DATES_OUT_OF_ORDER'],
    ['publicity that ends before it begins', { publishUntil: TODAY - 31 }, 'DATES_OUT_OF_ORDER'],
    ['no publicity', { publishUntil: 0 }, undefined],
    [
      'dates that have all passed',
      { publishUntil: 0, shareUntil: TODAY - 1, restrictUntil: TODAY - 1 },
      'LISTING_EXPIRED',
    ],
    ['a last day that is today', { publishUntil: 0, shareUntil: 0, restrictUntil: TODAY }, undefined],
  ])('with %s: %s -> %s', (_, parts, code) => {
    expect(driver.one(HAIKOU, maker.list('wang', parts)).code).toBe(code);
    expect(factOf('wang') !== undefined).toBe(code === undefined);
  });

  it.each([
    ['publishUntil', Severity.MINOR, 3, 'PUBLISH_TOO_LONG'],
    ['publishUntil', Severity.GENERAL, 12, 'PUBLISH_TOO_LONG'],
    ['publishUntil', Severity.SERIOUS, 36, 'PUBLISH_TOO_LONG'],
    ['shareUntil', Severity.MINOR, 24, 'SHARE_TOO_LONG'],
    ['shareUntil', Severity.GENERAL, 36, 'SHARE_TOO_LONG'],
    ['shareUntil', Severity.SERIOUS, 60, 'SHARE_TOO_LONG'],
    ['restrictUntil', Severity.MINOR, 24, 'RESTRICT_TOO_LONG'],
    ['restrictUntil', Severity.GENERAL, 36, 'RESTRICT_TOO_LONG'],
    ['restrictUntil', Severity.SERIOUS, 60, 'RESTRICT_TOO_LONG'],
  ])('bounds %s of severity %d by %d calendar months from the decision', (field, severity, months, code) => {
    const last = addMonths(TODAY - 30, months);
    const only = { publishUntil: 0, shareUntil: 0, restrictUntil: 0, severity };
    expect(driver.one(HAIKOU, maker.list('wang', { ...only, [field]: last })).code).toBeUndefined();
    expect(driver.one(HAIKOU, maker.list('wang', { ...only, [field]: last + 1 })).code).toBe(code);
  });

  it('counts calendar months to the last day of a shorter month', () => {
    const decidedOn = parseDay('2026-01-31') as number;
    const procedure = {
      noticeDate: decidedOn - 30,
      objectionUntil: decidedOn - 10,
      decidedOn,
      effectiveFrom: decidedOn,
    };
    const dates = { ...procedure, severity: Severity.MINOR, shareUntil: 0, restrictUntil: 0 };
    const april30 = parseDay('2026-04-30') as number;
    const today = parseDay('2026-02-01') as number;
    expect(driver.one(HAIKOU, maker.list('a', { ...dates, publishUntil: april30 + 1 }), today).code).toBe(
      'PUBLISH_TOO_LONG',
    );
    expect(driver.one(HAIKOU, maker.list('a', { ...dates, publishUntil: april30 }), today).code).toBeUndefined();
  });

  it('keeps several listings of one person, of one city or of several, in their order', () => {
    const first = listed();
    const second = listed('wang', {}, SANYA);
    const third = listed('wang', { severity: Severity.MINOR, publishUntil: 0 });
    expect(factOf('wang')?.listings.map((listing) => listing.location)).toEqual([first, second, third]);
  });

  it('keeps no expired listing beside a new one, and bounds how many there are', () => {
    listed('wang', { publishUntil: 0, shareUntil: 0, restrictUntil: TODAY });
    for (let i = 0; i < limits.listingsPerSubjectMax; i++) {
      expect(driver.one(i % 4, maker.list('wang'), TODAY + 1).code).toBeUndefined();
    }
    expect(factOf('wang')?.listings).toHaveLength(limits.listingsPerSubjectMax);
    expect(driver.one(4, maker.list('wang'), TODAY + 1).code).toBe('LISTINGS_TOO_MANY');
    const one = factOf('wang')?.listings[4]?.location;
    expect(driver.one(HAIKOU, maker.lift('wang', one as never), TODAY + 1).code).toBeUndefined();
    expect(driver.one(4, maker.list('wang'), TODAY + 1).code).toBeUndefined();
    expect(factOf('wang')?.listings).toHaveLength(limits.listingsPerSubjectMax);
  });

  it('leaves the others room beside a city that lists a person as often as it may', () => {
    for (let i = 0; i < limits.listingsPerCityMax; i++) listed('wang');
    expect(driver.one(HAIKOU, maker.list('wang')).code).toBe('LISTINGS_TOO_MANY');
    listed('wang', {}, SANYA);
    expect(driver.one(HAIKOU, maker.lift('wang', factOf('wang')?.listings[0]?.location as never)).code).toBeUndefined();
    listed('wang');
    expect(driver.one(HAIKOU, maker.list('wang')).code).toBe('LISTINGS_TOO_MANY');
  });

  it('of a day before the block is accepted, shown as late, and counts from the block’s day (L4)', () => {
    listed();
    listed('li', { effectiveFrom: TODAY });
    const late = (subject: string) => isLate(factOf(subject)?.listings[0] as never, genesis.utcOffsetMinutes);
    expect(late('wang')).toBe(true);
    expect(late('li')).toBe(false);
  });
});

describe('blacklist amend', () => {
  it('changes what it names and leaves the rest', () => {
    const location = listed();
    const before = factOf('wang')?.listings[0];
    expect(driver.one(HAIKOU, maker.amend('wang', location, { shareUntil: TODAY + 20 })).code).toBeUndefined();
    expect(factOf('wang')?.listings).toEqual([{ ...before, shareUntil: TODAY + 20 }]);
  });

  it('may name a new commitment alone', () => {
    const location = listed();
    const amendment = maker.amend('wang', location, { commitment: maker.commitment('corrected') });
    expect(driver.one(HAIKOU, amendment).code).toBeUndefined();
  });

  it('is for the listing city alone', () => {
    const location = listed();
    const before = driver.ledger.checkpoint()?.factsRoot;
    expect(driver.one(SANYA, maker.amend('wang', location)).code).toBe('NOT_LISTING_CITY');
    expect(driver.ledger.checkpoint()?.factsRoot).toEqual(before);
  });

  it.each([
    ['nothing', {}, 'AMEND_EMPTY'],
    [
      'one officer for both',
      { severity: Severity.MINOR, approver: maker.officer('handler') },
      'APPROVERS_NOT_DISTINCT',
    ],
    ['a commitment of 31 bytes', { commitment: new Uint8Array(31) }, 'MALFORMED'],
    ['no listing', { listing: undefined as never, severity: Severity.SERIOUS }, 'MALFORMED'],
    ['a date after the year 9999', { shareUntil: 2_932_897 }, 'DATE_OUT_OF_RANGE'],
    ['an end before the beginning', { shareUntil: TODAY - 31 }, 'DATES_OUT_OF_ORDER'],
    ['a higher severity', { severity: Severity.SERIOUS }, 'AMEND_HARSHER'],
    ['a longer publicity', { publishUntil: TODAY + 101 }, 'AMEND_HARSHER'],
    ['a longer sharing', { shareUntil: TODAY + 201 }, 'AMEND_HARSHER'],
    ['a longer restriction', { restrictUntil: TODAY + 301 }, 'AMEND_HARSHER'],
    [
      'a longer restriction beside a lower severity',
      { severity: Severity.MINOR, restrictUntil: TODAY + 301 },
      'AMEND_HARSHER',
    ],
    ['shorter ones', { publishUntil: TODAY + 99, shareUntil: TODAY + 199, restrictUntil: TODAY + 299 }, undefined],
    ['a severity that the old dates exceed', { severity: Severity.MINOR }, 'PUBLISH_TOO_LONG'],
    [
      'that severity with a date to fit it',
      { severity: Severity.MINOR, publishUntil: addMonths(TODAY - 30, 3) },
      undefined,
    ],
  ])('with %s: %s -> %s', (_, parts, code) => {
    const location = listed();
    expect(driver.one(HAIKOU, maker.amend('wang', location, parts)).code).toBe(code);
  });

  it('does not wake an expired listing', () => {
    const location = listed('wang', { publishUntil: 0, shareUntil: 0, restrictUntil: TODAY });
    const amendment = maker.amend('wang', location, { restrictUntil: TODAY + 9 });
    expect(driver.one(HAIKOU, amendment, TODAY + 1).code).toBe('LISTING_EXPIRED');
  });

  it('knows only listings of the named person', () => {
    const location = listed();
    listed('li');
    expect(driver.one(HAIKOU, maker.amend('li', location)).code).toBe('LISTING_UNKNOWN');
    expect(driver.one(HAIKOU, maker.amend('zhao', location)).code).toBe('LISTING_UNKNOWN');
    expect(driver.one(HAIKOU, maker.amend('wang', { ...location, position: 1 })).code).toBe('LISTING_UNKNOWN');
  });
});

describe('blacklist dispute', () => {
  const underPolicy = (dispute: DisputePolicy) => {
    const other = { ...genesis, policy: { ...genesis.policy, dispute } };
    driver = new LedgerDriver(new Ledger({ genesis: other, crypto, domains }), crypto);
  };

  it('is opened by any city, shows with the hit, and is closed by the listing city', () => {
    const location = listed();
    expect(driver.one(SANYA, maker.dispute('wang', location)).code).toBeUndefined();
    expect(liveListings(factOf('wang'), TODAY)[0]?.disputed).toBe(true);
    expect(driver.one(SANYA, maker.dispute('wang', location, DisputeState.CLOSED)).code).toBe('NOT_LISTING_CITY');
    expect(driver.one(HAIKOU, maker.dispute('wang', location)).code).toBe('DISPUTE_ALREADY_OPEN');
    expect(driver.one(HAIKOU, maker.dispute('wang', location, DisputeState.CLOSED)).code).toBeUndefined();
    expect(liveListings(factOf('wang'), TODAY)[0]?.disputed).toBe(false);
    expect(driver.one(HAIKOU, maker.dispute('wang', location, DisputeState.CLOSED)).code).toBe('DISPUTE_NOT_OPEN');
  });

  it.each([
    ['no state', { state: DisputeState.UNSPECIFIED }],
    ['no handler', { handler: new Uint8Array(0) }],
    ['a commitment of 31 bytes', { commitment: new Uint8Array(31) }],
    ['no listing', { listing: undefined as never }],
  ])('with %s is MALFORMED', (_, parts) => {
    const location = listed();
    expect(driver.one(SANYA, maker.dispute('wang', location, DisputeState.OPEN, parts)).code).toBe('MALFORMED');
  });

  it('suspends the restriction while it is open, where the policy lets it; the listing goes on to show', () => {
    underPolicy('suspend');
    const location = listed();
    driver.one(SANYA, maker.dispute('wang', location, DisputeState.OPEN, { effect: DisputeEffect.SUSPEND }));
    const [held] = liveListings(factOf('wang'), TODAY);
    expect(held).toMatchObject({ disputed: true, suspended: true, restricted: false, published: true, shared: true });
    // Beyond its last day there is nothing to suspend.
    expect(liveListings(factOf('wang'), TODAY + 301)).toEqual([]);
    driver.one(HAIKOU, maker.dispute('wang', location, DisputeState.CLOSED));
    const [again] = liveListings(factOf('wang'), TODAY);
    expect(again).toMatchObject({ disputed: false, suspended: false, restricted: true, disputeEffect: 0 });
  });

  it.each([
    ['flag', DisputeEffect.UNSPECIFIED, DisputeEffect.FLAG],
    ['suspend', DisputeEffect.UNSPECIFIED, DisputeEffect.SUSPEND],
    ['suspend', DisputeEffect.FLAG, DisputeEffect.FLAG],
  ] as const)(
    'under the policy %s, with effect %i, does %i: a record asks for less, never for more',
    (policy, effect, does) => {
      underPolicy(policy);
      const location = listed();
      driver.one(SANYA, maker.dispute('wang', location, DisputeState.OPEN, { effect }));
      expect(factOf('wang')?.listings[0]?.disputeEffect).toBe(does);
      expect(liveListings(factOf('wang'), TODAY)[0]?.restricted).toBe(does === DisputeEffect.FLAG);
    },
  );

  it('does not suspend where the federation agreed that it flags', () => {
    const location = listed();
    const suspend = maker.dispute('wang', location, DisputeState.OPEN, { effect: DisputeEffect.SUSPEND });
    expect(driver.one(SANYA, suspend).code).toBe('DISPUTE_ONLY_FLAGS');
    expect(factOf('wang')?.listings[0]).toMatchObject({ disputed: false, disputeEffect: DisputeEffect.UNSPECIFIED });
    const flag = maker.dispute('wang', location, DisputeState.OPEN, { effect: DisputeEffect.FLAG });
    expect(driver.one(SANYA, flag).code).toBeUndefined();
  });

  it('that is closed has no effect to name', () => {
    const location = listed();
    driver.one(SANYA, maker.dispute('wang', location));
    const closed = maker.dispute('wang', location, DisputeState.CLOSED, { effect: DisputeEffect.FLAG });
    expect(driver.one(HAIKOU, closed).code).toBe('MALFORMED');
  });

  it('of an expired or unknown listing is refused', () => {
    const location = listed('wang', { publishUntil: 0, shareUntil: 0, restrictUntil: TODAY });
    expect(driver.one(SANYA, maker.dispute('wang', location), TODAY + 1).code).toBe('LISTING_EXPIRED');
    expect(driver.one(SANYA, maker.dispute('li', location)).code).toBe('LISTING_UNKNOWN');
  });
});

describe('blacklist lift', () => {
  it('stops the answer everywhere: with its last live listing the person is absent', () => {
    const location = listed();
    expect(driver.one(HAIKOU, maker.lift('wang', location)).code).toBeUndefined();
    expect(factOf('wang')).toBeUndefined();
    expect(driver.one(HAIKOU, maker.lift('wang', location)).code).toBe('LISTING_UNKNOWN');
  });

  it('stays marked while another listing of the person is live', () => {
    const location = listed();
    const other = listed('wang', {}, SANYA);
    expect(driver.one(HAIKOU, maker.lift('wang', location, { reason: LiftReason.VOID })).code).toBeUndefined();
    expect(factOf('wang')?.listings.map((listing) => listing.lifted)).toEqual([
      LiftReason.VOID,
      LiftReason.UNSPECIFIED,
    ]);
    expect(liveListings(factOf('wang'), TODAY).map((listing) => listing.location)).toEqual([other]);
    for (const record of [
      maker.lift('wang', location),
      maker.amend('wang', location),
      maker.dispute('wang', location),
    ]) {
      expect(driver.one(HAIKOU, record).code).toBe('LISTING_LIFTED');
    }
    expect(driver.one(SANYA, maker.lift('wang', other)).code).toBeUndefined();
    expect(factOf('wang')).toBeUndefined();
  });

  it('is for the listing city alone', () => {
    const location = listed();
    expect(driver.one(SANYA, maker.lift('wang', location)).code).toBe('NOT_LISTING_CITY');
    expect(liveListings(factOf('wang'), TODAY)).toHaveLength(1);
  });

  it('removes an expired listing', () => {
    const location = listed('wang', { publishUntil: 0, shareUntil: 0, restrictUntil: TODAY });
    const lift = maker.lift('wang', location, { reason: LiftReason.EXPIRED });
    expect(driver.one(HAIKOU, lift, TODAY + 1).code).toBeUndefined();
    expect(factOf('wang')).toBeUndefined();
  });

  it.each([
    ['no reason', { reason: LiftReason.UNSPECIFIED }, 'MALFORMED'],
    ['no listing', { listing: undefined as never }, 'MALFORMED'],
    ['one officer for both', { approver: maker.officer('handler') }, 'APPROVERS_NOT_DISTINCT'],
  ])('with %s: %s -> %s', (_, parts, code) => {
    const location = listed();
    expect(driver.one(HAIKOU, maker.lift('wang', location, parts)).code).toBe(code);
  });
});

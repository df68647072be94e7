import { create, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import { HansaError } from '../errors.ts';
import {
  BlacklistFactSchema,
  CertificateFactSchema,
  CertificateSiblingSchema,
  ConsentFactSchema,
} from '../gen/hansa/v1/families_pb.ts';
import { toRecordRef } from '../records/index.ts';
import {
  type BlacklistFact,
  type CertificateFact,
  type ConsentFact,
  certificateStatus,
  encodeBlacklistFact,
  encodeCertificateFact,
  encodeConsentFact,
  encodeMemberFact,
  isLate,
  type Listing,
  legalFrom,
  liveListings,
  readBlacklistFact,
  readCertificateFact,
  readConsentFact,
  readMemberFact,
} from './index.ts';

const uint32 = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 0xffff_ffff }));
const time = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
const bytes = (...lengths: number[]) =>
  fc.constantFrom(...lengths).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const location = fc.record({
  lane: uint32,
  sequence: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  position: uint32,
});
const listing: fc.Arbitrary<Listing> = fc.record({
  location,
  severity: fc.constantFrom(1, 2, 3),
  decidedOn: uint32,
  effectiveFrom: uint32,
  publishUntil: uint32,
  shareUntil: uint32,
  restrictUntil: uint32,
  disputed: fc.boolean(),
  lifted: fc.constantFrom(0, 1, 2, 3),
  disputeEffect: fc.constantFrom(0, 1, 2),
  listedAtMs: time,
});
const certificateFact: fc.Arbitrary<CertificateFact> = fc.record({
  location,
  state: fc.constantFrom(1, 2, 3, 4),
  addressedTo: fc.option(fc.integer({ min: 0, max: 1023 }), { nil: undefined }),
  issuedOn: uint32,
  validUntil: uint32,
  commitment: bytes(32, 200, 20_000),
  holderKey: bytes(0, 32),
  issuedAtMs: time,
  endedBy: fc.option(location, { nil: undefined }),
  endedAtMs: time,
  revokeReason: fc.constantFrom(0, 1, 2, 3, 4),
  supersededBy: bytes(0, 16),
  conflictsWith: fc.array(fc.record({ certificateId: bytes(16), lane: uint32, validUntil: uint32 }), { maxLength: 9 }),
  subjectTag: bytes(0, 32),
});

const consentFact: fc.Arbitrary<ConsentFact> = fc.record({
  location,
  certificateId: bytes(16),
  grantee: fc.integer({ min: 0, max: 1023 }),
  purpose: fc.constantFrom(1, 2, 3, 4),
  mode: fc.constantFrom(1, 2, 3),
  fromMs: time,
  toMs: time,
  maxUses: uint32,
  uses: uint32,
  withdrawnBy: fc.option(location, { nil: undefined }),
  withdrawnAtMs: time,
  grantedAtMs: time,
  holderKey: bytes(32, 33),
});

const sample: Listing = {
  location: { lane: 1, sequence: 12, position: 3 },
  severity: 2,
  decidedOn: 20_000,
  effectiveFrom: 20_010,
  publishUntil: 20_020,
  shareUntil: 20_030,
  restrictUntil: 20_040,
  disputed: true,
  lifted: 0,
  disputeEffect: 0,
  listedAtMs: 20_012 * 86_400_000,
};

describe('facts', () => {
  it('of the blacklist have the bytes that protobuf-es writes, and read back', () => {
    fc.assert(
      fc.property(fc.array(listing, { maxLength: 5 }), (listings) => {
        const fact: BlacklistFact = { listings };
        const message = create(BlacklistFactSchema, {
          listings: listings.map(({ location: at, listedAtMs, ...rest }) => ({
            ...rest,
            ref: toRecordRef(at),
            listedAtMs: BigInt(listedAtMs),
          })),
        });
        const written = encodeBlacklistFact(fact);
        expect(toHex(written)).toBe(toHex(toBinary(BlacklistFactSchema, message)));
        expect(readBlacklistFact(written)).toEqual(fact);
      }),
    );
  });

  it('of certificates have the bytes that protobuf-es writes, and read back', () => {
    fc.assert(
      fc.property(certificateFact, (fact) => {
        const { location: at, endedBy, addressedTo, issuedAtMs, endedAtMs, conflictsWith, ...rest } = fact;
        const message = create(CertificateFactSchema, {
          ...rest,
          ref: toRecordRef(at),
          addressedTo: addressedTo === undefined ? 0 : addressedTo + 1,
          issuedAtMs: BigInt(issuedAtMs),
          conflictsWith: conflictsWith.map((sibling) => create(CertificateSiblingSchema, sibling)),
          endedAtMs: BigInt(endedAtMs),
          ...(endedBy === undefined ? {} : { endedBy: toRecordRef(endedBy) }),
        });
        const written = encodeCertificateFact(fact);
        expect(toHex(written)).toBe(toHex(toBinary(CertificateFactSchema, message)));
        expect(readCertificateFact(written)).toEqual(fact);
      }),
    );
  });

  it('of consents have the bytes that protobuf-es writes, and read back', () => {
    fc.assert(
      fc.property(consentFact, (fact) => {
        const { location: at, withdrawnBy, grantee, fromMs, toMs, withdrawnAtMs, grantedAtMs, ...rest } = fact;
        const message = create(ConsentFactSchema, {
          ...rest,
          ref: toRecordRef(at),
          grantee: grantee + 1,
          fromMs: BigInt(fromMs),
          toMs: BigInt(toMs),
          withdrawnAtMs: BigInt(withdrawnAtMs),
          grantedAtMs: BigInt(grantedAtMs),
          ...(withdrawnBy === undefined ? {} : { withdrawnBy: toRecordRef(withdrawnBy) }),
        });
        const written = encodeConsentFact(fact);
        expect(toHex(written)).toBe(toHex(toBinary(ConsentFactSchema, message)));
        expect(readConsentFact(written)).toEqual(fact);
      }),
    );
  });

  it('of members read back', () => {
    const member = { name: 'haikou', laneKey: new Uint8Array(32).fill(1), voteKey: new Uint8Array(48).fill(2) };
    for (const fact of [
      { ...member, quarantinedBy: undefined, quarantinedAtMs: 0 },
      { ...member, quarantinedBy: { lane: 2, sequence: 9, position: 0 }, quarantinedAtMs: 1_780_000_000_000 },
    ]) {
      expect(readMemberFact(encodeMemberFact(fact))).toEqual(fact);
    }
  });

  it('that no ledger wrote are refused with FACT_MALFORMED', () => {
    for (const read of [readBlacklistFact, readCertificateFact, readConsentFact, readMemberFact]) {
      const attempt = () => read(new Uint8Array([0x0a, 0x05, 0x01]));
      expect(attempt).toThrow(HansaError);
      expect(attempt).toThrow(expect.objectContaining({ code: 'FACT_MALFORMED' }));
    }
    expect(() => readCertificateFact(new Uint8Array(0))).toThrow(expect.objectContaining({ code: 'FACT_MALFORMED' }));
    // A listing without a location.
    expect(() => readBlacklistFact(new Uint8Array([0x0a, 0]))).toThrow(
      expect.objectContaining({ code: 'FACT_MALFORMED' }),
    );
  });

  it('answer from the first to the last day of a listing, each purpose to its own last day', () => {
    const fact = { listings: [sample] };
    expect(liveListings(undefined, 20_015)).toEqual([]);
    expect(liveListings(fact, 20_009)).toEqual([]);
    expect(liveListings(fact, 20_010)).toEqual([
      { ...sample, published: true, shared: true, restricted: true, suspended: false },
    ]);
    expect(liveListings(fact, 20_020)[0]).toMatchObject({ published: true, shared: true, restricted: true });
    expect(liveListings(fact, 20_021)[0]).toMatchObject({ published: false, shared: true, restricted: true });
    expect(liveListings(fact, 20_031)[0]).toMatchObject({ published: false, shared: false, restricted: true });
    expect(liveListings(fact, 20_040)).toHaveLength(1);
    expect(liveListings(fact, 20_041)).toEqual([]);
    expect(liveListings({ listings: [{ ...sample, lifted: 2 }] }, 20_015)).toEqual([]);
  });

  it('show a listing as late when its day had passed before it was final (L4)', () => {
    expect(isLate(sample, 0)).toBe(true);
    expect(legalFrom(sample, 0)).toBe(20_012);
    const punctual = { ...sample, listedAtMs: 20_010 * 86_400_000 };
    expect(isLate(punctual, 0)).toBe(false);
    expect(legalFrom(punctual, 0)).toBe(20_010);
    // The last minute of the day before in UTC is the day itself further east.
    const nearMidnight = { ...sample, listedAtMs: 20_011 * 86_400_000 - 60_000 };
    expect([isLate(nearMidnight, 0), isLate(nearMidnight, 480)]).toEqual([false, true]);
  });

  it('give a certificate’s status, in which expiry comes with the day alone', () => {
    const base: CertificateFact = {
      location: { lane: 0, sequence: 1, position: 0 },
      state: 1,
      addressedTo: undefined,
      issuedOn: 20_000,
      validUntil: 20_060,
      commitment: new Uint8Array(32),
      holderKey: new Uint8Array(0),
      issuedAtMs: 0,
      endedBy: undefined,
      endedAtMs: 0,
      revokeReason: 0,
      supersededBy: new Uint8Array(0),
      conflictsWith: [],
      subjectTag: new Uint8Array(32),
    };
    expect(certificateStatus(base, 20_060)).toBe('active');
    expect(certificateStatus(base, 20_061)).toBe('expired');
    expect(certificateStatus({ ...base, state: 2 }, 20_061)).toBe('superseded');
    expect(certificateStatus({ ...base, state: 3 }, 20_000)).toBe('revoked');
    expect(certificateStatus({ ...base, state: 4 }, 20_061)).toBe('used');
  });
});

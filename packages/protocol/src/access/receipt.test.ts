import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessFixture } from '../../test/access-fixture.ts';
import { testFederation } from '../../test/federation.ts';
import { change, MembershipChangeKind, newKeys } from '../../test/membership-fixture.ts';
import { toHex, utf8 } from '../bytes.ts';
import { portableCrypto } from '../crypto/index.ts';
import { nextEpoch } from '../genesis/index.ts';
import { limits } from '../limits.ts';
import {
  type AccessAsked,
  decodeAccessRequest,
  decodeOpenedPayload,
  encodeAccessRequest,
  encodeOpenedPayload,
  isCommitted,
  payloadCommitment,
  readerOf,
  sealInfo,
  verifyAccessReceipt,
} from './index.ts';

const federation = testFederation(portableCrypto, 4);
const fixture = new AccessFixture(federation);
const other = new AccessFixture(testFederation(portableCrypto, 4, 'another federation'));

const verify = (bytes: Uint8Array) => verifyAccessReceipt(fixture.context, bytes);
const codeOf = (bytes: Uint8Array) => {
  const verified = verify(bytes);
  return verified.ok ? 'accepted' : verified.error.code;
};

describe('a receipt of an access', () => {
  it.each<[string, AccessAsked, number]>([
    ['a read under a consent', fixture.read(), 1],
    ['a read by law', fixture.read({ basis: { kind: 'law', code: 'COURT_ORDER' } }), 1],
    ['a delivery', fixture.delivery(), 1],
    ['a notice', fixture.notice(), 1],
  ])('says who asked, who answered and who saw it: %s (P3)', (_what, asked, reader) => {
    const verified = verify(fixture.receipt(asked));
    expect(verified).toMatchObject({ ok: true, value: { asked, answered: { refused: undefined } } });
    expect(readerOf(asked)).toBe(reader);
  });

  it('of a refusal says why (P3)', () => {
    const verified = verify(fixture.receipt(fixture.read(), { refused: 'CONSENT_EXPIRED' }));
    expect(verified).toMatchObject({ ok: true, value: { answered: { refused: 'CONSENT_EXPIRED' } } });
    expect(codeOf(fixture.receipt(fixture.read(), { refused: '' }))).toBe('MALFORMED');
    expect(codeOf(fixture.receipt(fixture.read(), { refused: 'because' }))).toBe('MALFORMED');
  });

  it('needs the signature of the city that asks, over this request in this federation (P3)', () => {
    expect(codeOf(fixture.receipt(fixture.read(), {}, { asker: 2 }))).toBe('ACCESS_REQUEST_UNSIGNED');
    expect(codeOf(other.receipt(fixture.read()))).toBe('ACCESS_REQUEST_UNSIGNED');
  });

  it('needs the signature of the city that answers, to this very request (P3)', () => {
    expect(codeOf(fixture.receipt(fixture.read(), {}, { answerer: 2 }))).toBe('ACCESS_ANSWER_UNSIGNED');
    expect(codeOf(fixture.receipt(fixture.read(), { digest: fixture.digest('another') }))).toBe('ACCESS_ANSWER_OTHER');
  });

  it('is dated at its access, so that it has one batch to be in (P3)', () => {
    const asked = fixture.read();
    const at = (afterMs: number) => codeOf(fixture.receipt(asked, { atMs: asked.askedAtMs + afterMs }));
    expect(at(0)).toBe('accepted');
    expect(at(limits.accessAnswerMsMax)).toBe('accepted');
    expect(at(-1)).toBe('ACCESS_TIMES_WRONG');
    expect(at(limits.accessAnswerMsMax + 1)).toBe('ACCESS_TIMES_WRONG');
  });

  it('is refused after the change of any single bit', () => {
    const bytes = fixture.receipt(fixture.read());
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = bytes.slice();
        changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(verify(changed).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when it is cut off, too long or nothing at all', () => {
    const bytes = fixture.receipt(fixture.read());
    for (const length of [0, 1, 10, bytes.length - 1]) {
      expect(['ACCESS_RECEIPT_MALFORMED', 'MALFORMED', 'ACCESS_ANSWER_UNSIGNED']).toContain(
        codeOf(bytes.subarray(0, length)),
      );
    }
    expect(codeOf(new Uint8Array(limits.accessReceiptBytesMax + 1))).toBe('ACCESS_RECEIPT_MALFORMED');
  });
});

describe('a request', () => {
  const decode = (asked: AccessAsked) => decodeAccessRequest(federation.genesis, encodeAccessRequest(asked));

  it.each<[string, AccessAsked]>([
    ['to itself', fixture.read({ asker: 0 })],
    ['to nobody', fixture.delivery({ answerer: -1 })],
    ['by a city that is none', fixture.read({ asker: 4 })],
    ['to a city that is none', fixture.read({ answerer: 4, record: { lane: 4, sequence: 1, position: 0 } })],
    [
      'to read from a city that did not make the record',
      fixture.read({ record: { lane: 2, sequence: 1, position: 0 } }),
    ],
    ['to deliver what another city made', fixture.delivery({ record: { lane: 2, sequence: 1, position: 0 } })],
    ['about no record', fixture.read({ record: { lane: 0, sequence: 0, position: 0 } })],
    ['about no payload', fixture.read({ commitment: new Uint8Array(31) })],
    ['without a nonce', fixture.read({ nonce: new Uint8Array(0) })],
    ['without a time', fixture.read({ askedAtMs: 0 })],
    ['without a case', fixture.read({ caseCommitment: new Uint8Array(0) })],
    ['without an officer', fixture.read({ operator: new Uint8Array(0) })],
    ['with a legal basis in free text', fixture.read({ basis: { kind: 'law', code: 'he said so' } })],
    [
      'with another city’s use of a consent',
      fixture.read({
        basis: {
          ...{ kind: 'consent', consentId: new Uint8Array(16).fill(1), purpose: 1 },
          use: { lane: 2, sequence: 1, position: 0 },
        },
      }),
    ],
    ['to deliver without a consent', fixture.delivery({ consentId: new Uint8Array(0) })],
    ['to forget without a reason', fixture.notice({ reason: 0 })],
  ])('%s is none (P3)', (_what, asked) => {
    expect(decode(asked)).toMatchObject({ ok: false, error: { code: 'MALFORMED' } });
  });

  it('is read as it was written, whatever it asks', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    const location = (lane: number) =>
      fc.record({
        lane: fc.constant(lane),
        sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        position: fc.nat(4095),
      });
    const time = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    const purpose = fc.constantFrom(1, 2, 3, 4);
    const common = { record: location(0), commitment: bytes(32), nonce: bytes(16), askedAtMs: time };
    const asked: fc.Arbitrary<AccessAsked> = fc.oneof(
      fc.record({
        ...{ ...common, kind: fc.constant('read' as const), asker: fc.constant(3), answerer: fc.constant(0) },
        basis: fc.oneof(
          fc.record({ kind: fc.constant('consent' as const), consentId: bytes(16), purpose, use: location(3) }),
          fc.record({ kind: fc.constant('law' as const), code: fc.constantFrom('COURT_ORDER', 'A') }),
        ),
        ...{ caseCommitment: bytes(32), operator: bytes(16) },
      }),
      fc.record({
        ...{ ...common, kind: fc.constant('delivery' as const), asker: fc.constant(0), answerer: fc.constant(2) },
        ...{ consentId: bytes(16), purpose },
      }),
      fc.record({
        ...{ ...common, kind: fc.constant('notice' as const), asker: fc.constant(0), answerer: fc.constant(2) },
        reason: purpose,
      }),
    );
    fc.assert(
      fc.property(asked, (each) => {
        expect(decode(each)).toEqual({ ok: true, value: each });
      }),
    );
  });

  it('of 10,000 that are cut off, stretched or made of noise is none taken, and none throws', () => {
    const good = encodeAccessRequest(fixture.read());
    let seed = 1;
    const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let i = 0; i < 10_000; i++) {
      const length = i % 3 === 0 ? next() % good.length : next() % 2048;
      const bytes = new Uint8Array(length);
      if (i % 3 === 0) bytes.set(good.subarray(0, length));
      else if (i % 3 === 1) bytes.set(good.subarray(0, length));
      else for (let at = 0; at < length; at++) bytes[at] = next() & 255;
      if (length === good.length) continue;
      expect(decodeAccessRequest(federation.genesis, bytes).ok).toBe(false);
    }
  });
});

describe('a receipt of a city whose keys changed (C12)', () => {
  const sinceMs = 1_795_000_000_000;
  const fresh = newKeys(portableCrypto, 'sanya', 'fresh');
  const genesis = nextEpoch(federation.genesis, change(MembershipChangeKind.ROTATE, 1, fresh.member), sinceMs);
  const renewed = new AccessFixture({
    ...federation,
    genesis,
    credentialSecrets: federation.credentialSecrets.map((old, city) => (city === 1 ? fresh.credentialSecret : old)),
  });
  const codeIn = (context: typeof renewed.context, bytes: Uint8Array) => {
    const verified = verifyAccessReceipt(context, bytes);
    return verified.ok ? 'accepted' : verified.error.code;
  };
  const hourMs = 3_600_000;
  /** Sanya asks Haikou, and Haikou asks Sanya. */
  const both = (signers: AccessFixture, askedAtMs: number) => [
    codeIn(renewed.context, signers.receipt(signers.read({ askedAtMs }))),
    codeIn(renewed.context, signers.receipt(signers.delivery({ askedAtMs }))),
  ];

  it('holds when it was signed with the keys of its time, before and after', () => {
    expect(both(fixture, sinceMs - hourMs)).toEqual(['accepted', 'accepted']);
    expect(both(renewed, sinceMs + hourMs)).toEqual(['accepted', 'accepted']);
    // On its way when the change came.
    expect(both(fixture, sinceMs + 1000)).toEqual(['accepted', 'accepted']);
    expect(both(renewed, sinceMs - 1000)).toEqual(['accepted', 'accepted']);
  });

  it('does not with keys that were worth nothing yet, or nothing any more', () => {
    expect(both(renewed, sinceMs - hourMs)).toEqual(['ACCESS_REQUEST_UNSIGNED', 'ACCESS_ANSWER_UNSIGNED']);
    expect(both(fixture, sinceMs + hourMs)).toEqual(['ACCESS_REQUEST_UNSIGNED', 'ACCESS_ANSWER_UNSIGNED']);
  });
});

describe('a payload', () => {
  const opened = { salt: fixture.digest('salt'), payload: utf8('{"format":"hansa-deposit-certificate/1"}') };
  const commitment = payloadCommitment(portableCrypto, opened);

  it('is the committed one only with its own salt (P1)', () => {
    expect(isCommitted(portableCrypto, opened, commitment)).toBe(true);
    expect(isCommitted(portableCrypto, { ...opened, salt: fixture.digest('other') }, commitment)).toBe(false);
    expect(isCommitted(portableCrypto, { ...opened, payload: utf8('{}') }, commitment)).toBe(false);
    // The border between salt and payload is not for the sender to choose.
    const joined = new Uint8Array([...opened.salt, ...opened.payload]);
    const shifted = { salt: joined.slice(0, 31), payload: joined.slice(31) };
    expect(isCommitted(portableCrypto, shifted, commitment)).toBe(false);
  });

  it('is read back from its seal, and nothing else is', () => {
    expect(decodeOpenedPayload(encodeOpenedPayload(opened))).toEqual({ ok: true, value: opened });
    for (const wrong of [
      encodeOpenedPayload({ ...opened, salt: new Uint8Array(16) }),
      encodeOpenedPayload({ ...opened, payload: new Uint8Array(limits.exchangePayloadBytesMax + 1) }),
      new Uint8Array(100).fill(7),
    ]) {
      expect(decodeOpenedPayload(wrong)).toMatchObject({ ok: false, error: { code: 'MALFORMED' } });
    }
  });

  it('is sealed for one grantee, record and consent in one federation (P3)', () => {
    const delivery = fixture.delivery();
    const infos = [
      sealInfo(federation.domains, delivery),
      sealInfo(federation.domains, { ...delivery, answerer: 2 }),
      sealInfo(federation.domains, { ...delivery, record: { ...delivery.record, sequence: 4 } }),
      sealInfo(federation.domains, { ...delivery, record: { ...delivery.record, sequence: 2 ** 33 } }),
      sealInfo(federation.domains, { ...delivery, consentId: new Uint8Array(16) }),
      sealInfo(other.federation.domains, delivery),
    ];
    expect(new Set(infos.map(toHex)).size).toBe(infos.length);
  });
});

import { describe, expect, it } from 'vitest';
import { testFederation, testPeerId } from '../../test/federation.ts';
import { toHex, utf8 } from '../bytes.ts';
import { type Crypto, Domains, portableCrypto } from '../crypto/index.ts';
import { errorCodes } from '../error-codes.ts';
import { unwrap } from '../errors.ts';
import { limits } from '../limits.ts';
import {
  basesOfCertificates,
  encodeGenesis,
  faultsTolerated,
  type Genesis,
  genesisBlockDigest,
  parseGenesis,
  policyDigest,
  quorum,
} from './index.ts';

const federation = testFederation(portableCrypto, 4);

/** Possession proofs are slow in portable code; the tests of other fields leave them out. */
const withoutProofs: Crypto = {
  ...portableCrypto,
  bls: { ...portableCrypto.bls, verifyPossession: () => true },
};

type Json = Record<string, unknown>;

function file(): Json {
  return JSON.parse(new TextDecoder().decode(federation.bytes)) as Json;
}

/** Code and message of the refusal of the sample file after a change. */
function refusal(change: (json: Json) => void, crypto: Crypto = withoutProofs): string {
  const json = file();
  change(json);
  return refusalOf(utf8(JSON.stringify(json)), crypto);
}

function refusalOf(bytes: Uint8Array, crypto: Crypto = withoutProofs): string {
  const result = parseGenesis(crypto, bytes);
  return result.ok ? 'accepted' : `${result.error.code} ${result.error.message}`;
}

function city(json: Json, index: number): Json {
  return (json.authorities as Json[])[index] as Json;
}

describe('the policy digest', () => {
  it('is of the canonical JSON, whatever the order of fields in the file', () => {
    const { policy } = federation.genesis;
    const text =
      '{"access":{"batchMs":3600000,"legalBases":["LISTING_REVIEW","LOAN_DECISION","COURT_ORDER"]},' +
      '"certificate":{"validityMonthsMax":2},"dispute":"flag",' +
      '"listing":{"objectionDaysMin":7,"publishMonthsMax":[3,12,36],"publishMonthsMin":[0,3,12],"restrictMonthsMax":[24,36,60],"shareMonthsMax":[24,36,60]},' +
      '"lookup":{"evaluationsPerHour":50,"staleAfterMs":600000,"staleAnswers":"refuse"}}';
    expect(policyDigest(portableCrypto, policy)).toEqual(portableCrypto.sha256(utf8(text)));
    const { access, ...rest } = policy;
    expect(policyDigest(portableCrypto, { ...rest, access })).toEqual(policyDigest(portableCrypto, policy));
    expect(policyDigest(portableCrypto, { ...policy, dispute: 'suspend' })).not.toEqual(
      policyDigest(portableCrypto, policy),
    );
  });
});

describe('the genesis file', () => {
  it('R1: proofs that were verified once are not verified again, those of other bytes are', () => {
    let verified = 0;
    const counting: Crypto = {
      ...portableCrypto,
      bls: {
        ...portableCrypto.bls,
        verifyPossession: () => {
          verified += 1;
          return true;
        },
      },
    };
    const { bytes, genesis } = federation;
    expect(unwrap(parseGenesis(counting, bytes, genesis.federationId))).toEqual(genesis);
    expect(verified).toBe(0);
    parseGenesis(counting, bytes, portableCrypto.sha256(utf8('another file')));
    expect(verified).toBe(4);
  });

  it('reads back what was written, with the digest of the bytes as the identity of the federation', () => {
    const { genesis, draft, bytes } = federation;
    expect(genesis).toEqual({
      ...draft,
      format: 'hansa-genesis/1',
      voteScheme: 'bls12381',
      federationId: portableCrypto.sha256(bytes),
      authorities: draft.authorities.map((authority, index) => ({ index, ...authority })),
    });
  });

  it('names how votes are signed, and means bls12381 when it names nothing', () => {
    const { draft } = federation;
    for (const voteScheme of ['bls12381', 'ed25519'] as const) {
      const bytes = encodeGenesis({ ...draft, voteScheme });
      const genesis = unwrap(parseGenesis(withoutProofs, bytes));
      expect(genesis.voteScheme).toBe(voteScheme);
      expect(encodeGenesis(genesis)).toEqual(bytes);
    }
    expect(JSON.parse(new TextDecoder().decode(encodeGenesis(draft)))).not.toHaveProperty('voteScheme');
    expect(federation.genesis.voteScheme).toBe('bls12381');
  });

  it('names the bases that open certificates, and means a court alone when it names none', () => {
    const { genesis } = federation;
    expect(genesis.policy.access).not.toHaveProperty('certificateBases');
    expect(basesOfCertificates(genesis.policy.access)).toEqual(['COURT_ORDER']);
    for (const certificateBases of [[], ['LOAN_DECISION', 'COURT_ORDER']]) {
      const policy = { ...genesis.policy, access: { ...genesis.policy.access, certificateBases } };
      const bytes = encodeGenesis({ ...genesis, policy });
      const parsed = unwrap(parseGenesis(withoutProofs, bytes));
      expect(parsed.policy).toEqual(policy);
      expect(basesOfCertificates(parsed.policy.access)).toEqual(certificateBases);
      expect(encodeGenesis(parsed)).toEqual(bytes);
      expect(policyDigest(portableCrypto, parsed.policy)).not.toEqual(policyDigest(portableCrypto, genesis.policy));
    }
  });

  it('has the shortest terms of listings that it names, and no others: a file without them keeps its digest', () => {
    const { genesis } = federation;
    const { publishMonthsMin: _, ...maxima } = genesis.policy.listing;
    for (const more of [
      {},
      { shareMonthsMin: [0, 1, 2] },
      { publishMonthsMin: [0, 0, 1], restrictMonthsMin: [3, 4, 60] },
    ]) {
      const policy = { ...genesis.policy, listing: { ...maxima, ...more } } as Genesis['policy'];
      const bytes = encodeGenesis({ ...genesis, policy });
      const parsed = unwrap(parseGenesis(withoutProofs, bytes));
      expect(parsed.policy).toEqual(policy);
      expect(encodeGenesis(parsed)).toEqual(bytes);
    }
    const before =
      '{"access":{"batchMs":3600000,"legalBases":["LISTING_REVIEW","LOAN_DECISION","COURT_ORDER"]},' +
      '"certificate":{"validityMonthsMax":2},"dispute":"flag",' +
      '"listing":{"objectionDaysMin":7,"publishMonthsMax":[3,12,36],"restrictMonthsMax":[24,36,60],"shareMonthsMax":[24,36,60]},' +
      '"lookup":{"evaluationsPerHour":50,"staleAfterMs":600000,"staleAnswers":"refuse"}}';
    const policy = { ...genesis.policy, listing: maxima };
    expect(policyDigest(portableCrypto, policy)).toEqual(portableCrypto.sha256(utf8(before)));
  });

  it('lets at most 64 cities sign their votes with Ed25519, since certificates grow with the voters', () => {
    const cities = (count: number, voteScheme: string) => (json: Json) => {
      json.voteScheme = voteScheme;
      json.authorities = Array.from({ length: count }, (_, index) => ({
        ...city(json, 0),
        name: `city-${index}`,
        laneKey: index.toString(16).padStart(64, '0'),
        exchangeKey: index.toString(16).padStart(64, 'e'),
        credentialKey: index.toString(16).padStart(64, 'c'),
        voteKey: index.toString(16).padStart(96, '0'),
        peerId: testPeerId(portableCrypto, index),
      }));
    };
    expect(limits.ed25519VotersMax).toBe(64);
    expect(refusal(cities(64, 'ed25519'))).toBe('accepted');
    expect(refusal(cities(65, 'ed25519'))).toContain('GENESIS_OUT_OF_RANGE Genesis file, voteScheme: ed25519 serves');
    expect(refusal(cities(65, 'bls12381'))).toBe('accepted');
  });

  it('gives another federation when any text of it differs', () => {
    const spaced = utf8(`${new TextDecoder().decode(federation.bytes)} `);
    const other = parseGenesis(withoutProofs, spaced);
    expect(other.ok && toHex(other.value.federationId)).not.toBe(toHex(federation.genesis.federationId));
  });

  it('admits a single city, observers, and numbers at the ends of their ranges', () => {
    expect(
      refusal((json) => {
        json.authorities = [city(json, 0)];
        json.observers = [{ name: 'ministry', displayName: '部', peerId: testPeerId(portableCrypto, 99) }];
        json.utcOffsetMinutes = -840;
        (json.parameters as Json).timeoutCapMs = 1500;
      }),
    ).toBe('accepted');
  });

  it.each<[string, (json: Json) => void, string]>([
    ['another format', (json) => (json.format = 'hansa-genesis/2'), 'GENESIS_UNSUPPORTED_FORMAT Genesis file, format'],
    ['a missing field', (json) => delete json.name, 'GENESIS_MISSING_FIELD Genesis file, name:'],
    [
      'a missing inner field',
      (json) => delete (json.parameters as Json).deltaMs,
      'GENESIS_MISSING_FIELD Genesis file, parameters.deltaMs:',
    ],
    ['an unknown field', (json) => (json.nmae = 'x'), 'GENESIS_UNKNOWN_FIELD Genesis file, nmae:'],
    [
      'an unknown field of a city',
      (json) => (city(json, 2).index = 2),
      'GENESIS_UNKNOWN_FIELD Genesis file, authorities[2].index:',
    ],
    [
      'an unknown policy',
      (json) => ((json.policy as Json).consent = {}),
      'GENESIS_UNKNOWN_FIELD Genesis file, policy.consent:',
    ],
    ['a number as text', (json) => (json.createdAtMs = '1'), 'GENESIS_WRONG_TYPE Genesis file, createdAtMs:'],
    ['a fraction', (json) => (json.utcOffsetMinutes = 1.5), 'GENESIS_WRONG_TYPE Genesis file, utcOffsetMinutes:'],
    ['a text that is none', (json) => (json.name = 7), 'GENESIS_WRONG_TYPE Genesis file, name:'],
    ['a truth value as text', (json) => (json.testFederation = 'true'), 'GENESIS_WRONG_TYPE Genesis file, test'],
    ['a list that is none', (json) => (json.observers = {}), 'GENESIS_WRONG_TYPE Genesis file, observers:'],
    ['a city that is none', (json) => ((json.authorities as unknown[])[1] = []), 'GENESIS_WRONG_TYPE Genesis file, a'],
    ['null for an object', (json) => (json.policy = null), 'GENESIS_WRONG_TYPE Genesis file, policy:'],
    [
      'two severities',
      (json) => (((json.policy as Json).listing as Json).shareMonthsMax = [1, 2]),
      'GENESIS_WRONG_TYPE Genesis file, policy.listing.shareMonthsMax:',
    ],
    [
      'four severities',
      (json) => (((json.policy as Json).listing as Json).shareMonthsMax = [1, 2, 3, 4]),
      'GENESIS_WRONG_TYPE Genesis file, policy.listing.shareMonthsMax:',
    ],
    [
      'a shortest term above the longest',
      (json) => (((json.policy as Json).listing as Json).shareMonthsMin = [0, 36, 61]),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.listing.shareMonthsMin: at most shareMonthsMax.',
    ],
    [
      'two shortest terms',
      (json) => (((json.policy as Json).listing as Json).restrictMonthsMin = [0, 3]),
      'GENESIS_WRONG_TYPE Genesis file, policy.listing.restrictMonthsMin:',
    ],
    [
      'a negative term',
      (json) => (((json.policy as Json).listing as Json).publishMonthsMax = [-1, 2, 3]),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.listing.publishMonthsMax[0]:',
    ],
    [
      'a policy of disputes that is none',
      (json) => ((json.policy as Json).dispute = 'ignore'),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.dispute: flag or suspend.',
    ],
    [
      'no evaluation at all',
      (json) => (((json.policy as Json).lookup as Json).evaluationsPerHour = 0),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.lookup.evaluationsPerHour:',
    ],
    [
      'answers that are always stale',
      (json) => (((json.policy as Json).lookup as Json).staleAfterMs = 999),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.lookup.staleAfterMs:',
    ],
    [
      'an unknown word for stale answers',
      (json) => (((json.policy as Json).lookup as Json).staleAnswers = 'hide'),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.lookup.staleAnswers: refuse or say.',
    ],
    [
      'batches that come too late',
      (json) => (((json.policy as Json).access as Json).batchMs = 86_400_001),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.access.batchMs:',
    ],
    [
      'a legal basis in free text',
      (json) => (((json.policy as Json).access as Json).legalBases = ['LOAN_DECISION', 'because']),
      'GENESIS_BAD_NAME Genesis file, policy.access.legalBases[1]:',
    ],
    [
      'a legal basis twice',
      (json) => (((json.policy as Json).access as Json).legalBases = ['A', 'A']),
      'GENESIS_DUPLICATE_NAME Genesis file, policy.access.legalBases[1]:',
    ],
    [
      'more legal bases than a clerk can tell apart',
      (json) =>
        (((json.policy as Json).access as Json).legalBases = Array.from({ length: 17 }, (_, i) => 'A'.repeat(i + 1))),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.access.legalBases:',
    ],
    [
      'a basis of certificates that is none of the federation',
      (json) => (((json.policy as Json).access as Json).certificateBases = ['COURT_ORDER', 'CURIOSITY']),
      'GENESIS_OUT_OF_RANGE Genesis file, policy.access.certificateBases[1]: one of policy.access.legalBases.',
    ],
    [
      'no delay at all',
      (json) => ((json.parameters as Json).deltaMs = 0),
      'GENESIS_OUT_OF_RANGE Genesis file, parameters.deltaMs: from 1 to 60000.',
    ],
    [
      'shrinking timeouts',
      (json) => ((json.parameters as Json).timeoutGrowth = 0.9),
      'GENESIS_OUT_OF_RANGE Genesis file, parameters.timeoutGrowth:',
    ],
    [
      'a cap below three times the delay',
      (json) => ((json.parameters as Json).timeoutCapMs = 1499),
      'GENESIS_OUT_OF_RANGE Genesis file, parameters.timeoutCapMs:',
    ],
    [
      'an unknown way to sign votes',
      (json) => (json.voteScheme = 'sm2'),
      'GENESIS_OUT_OF_RANGE Genesis file, voteScheme: bls12381 or ed25519.',
    ],
    [
      'a way to sign votes that is no text',
      (json) => (json.voteScheme = null),
      'GENESIS_WRONG_TYPE Genesis file, vote',
    ],
    ['no city', (json) => (json.authorities = []), 'GENESIS_AUTHORITY_COUNT Genesis file, authorities:'],
    [
      'more cities than a bitmap holds',
      (json) => (json.authorities = Array(limits.authoritiesMax + 1).fill({})),
      'GENESIS_AUTHORITY_COUNT Genesis file, authorities:',
    ],
    [
      'an upper-case name',
      (json) => (city(json, 0).name = 'Haikou'),
      'GENESIS_BAD_NAME Genesis file, authorities[0].n',
    ],
    ['a name with a slash', (json) => (city(json, 0).name = 'a/b'), 'GENESIS_BAD_NAME Genesis file, authorities[0].n'],
    [
      'a display name that turns the writing direction',
      (json) => (city(json, 0).displayName = 'a\u202eb'),
      'GENESIS_BAD_NAME Genesis file, authorities[0].displayName',
    ],
    ['an empty federation name', (json) => (json.name = ''), 'GENESIS_BAD_NAME Genesis file, name:'],
    [
      'a short key',
      (json) => (city(json, 1).laneKey = 'ab'),
      'GENESIS_BAD_HEX Genesis file, authorities[1].laneKey: 64 digits',
    ],
    [
      'an upper-case key, which would be a second spelling',
      (json) => (city(json, 1).voteKey = String(city(json, 1).voteKey).toUpperCase()),
      'GENESIS_BAD_HEX Genesis file, authorities[1].voteKey: 96 digits',
    ],
    ['a peer id of another alphabet', (json) => (city(json, 3).peerId = '0'.repeat(52)), 'GENESIS_BAD_PEER_ID'],
    [
      'an address that is no multiaddr',
      (json) => (city(json, 3).addresses = ['/ip4/127.0.0.1/tcp/1', 'localhost:7400']),
      'GENESIS_BAD_ADDRESS Genesis file, authorities[3].addresses[1]:',
    ],
    ['an address that is no text', (json) => (city(json, 3).addresses = [7]), 'GENESIS_BAD_ADDRESS'],
    [
      'two cities of one name',
      (json) => (city(json, 1).name = city(json, 0).name),
      'GENESIS_DUPLICATE_NAME Genesis file, authorities[1].name: the same as authorities[0].name.',
    ],
    ['one lane key twice', (json) => (city(json, 2).laneKey = city(json, 0).laneKey), 'GENESIS_DUPLICATE_KEY'],
    ['one vote key twice', (json) => (city(json, 2).voteKey = city(json, 0).voteKey), 'GENESIS_DUPLICATE_KEY'],
    [
      'one exchange key twice',
      (json) => (city(json, 2).exchangeKey = city(json, 0).exchangeKey),
      'GENESIS_DUPLICATE_KEY Genesis file, authorities[2].exchangeKey',
    ],
    [
      'a lane key that also signs credentials',
      (json) => (city(json, 2).credentialKey = city(json, 2).laneKey),
      'GENESIS_DUPLICATE_KEY Genesis file, authorities[2].credentialKey',
    ],
    ['one peer id twice', (json) => (city(json, 2).peerId = city(json, 0).peerId), 'GENESIS_DUPLICATE_PEER_ID'],
    [
      'an observer with the name of a city',
      (json) => (json.observers = [{ name: 'haikou', displayName: 'x', peerId: testPeerId(portableCrypto, 50) }]),
      'GENESIS_DUPLICATE_NAME Genesis file, observers[0].name:',
    ],
    [
      'an observer with the peer id of a city',
      (json) => (json.observers = [{ name: 'audit', displayName: 'x', peerId: city(json, 0).peerId }]),
      'GENESIS_DUPLICATE_PEER_ID Genesis file, observers[0].peerId:',
    ],
  ])('is refused with %s', (_what, change, expected) => {
    expect(refusal(change)).toContain(expected);
  });

  it('is refused when a city does not prove possession of its vote key', () => {
    const expected = 'GENESIS_POSSESSION_UNPROVEN Genesis file, authorities[1].voteKeyProof:';
    expect(refusal((json) => (city(json, 1).voteKeyProof = city(json, 0).voteKeyProof), portableCrypto)).toContain(
      expected,
    );
  });

  it('is refused when it is not one JSON text in UTF-8', () => {
    const text = new TextDecoder().decode(federation.bytes);
    expect(refusalOf(utf8(''))).toContain('GENESIS_NOT_JSON');
    expect(refusalOf(utf8(text.slice(0, -3)))).toContain('GENESIS_NOT_JSON');
    expect(refusalOf(utf8(`\ufeff${text}`))).toContain('GENESIS_NOT_JSON');
    expect(refusalOf(new Uint8Array([...utf8('{"name":"'), 0xff, ...utf8('"}')]))).toContain('GENESIS_NOT_JSON');
    expect(refusalOf(utf8('[1]'))).toContain('GENESIS_WRONG_TYPE');
    expect(refusalOf(utf8('['.repeat(500_000) + ']'.repeat(500_000)))).toContain('GENESIS_WRONG_TYPE');
    expect(refusalOf(new Uint8Array(limits.genesisBytesMax + 1))).toContain('GENESIS_TOO_LARGE');
  });

  it('is refused when an object names a field twice, because other parsers would keep the other one', () => {
    const text = new TextDecoder().decode(federation.bytes);
    expect(refusalOf(utf8(text.replace('"name"', '"name": "another: name", "name"')))).toContain(
      'GENESIS_DUPLICATE_FIELD',
    );
    expect(refusalOf(utf8(text.replace('test federation', 'a \\"quoted\\": name')))).toBe('accepted');
  });

  it('refuses only with codes of the published list', () => {
    expect(Object.keys(errorCodes)).toContain(refusal((json) => delete json.name).split(' ')[0]);
  });
});

describe('the quorum', () => {
  it('is n - f, never 2f + 1', () => {
    expect([1, 2, 3, 4, 7, 31, 100, 341].map(quorum)).toEqual([1, 2, 3, 3, 5, 21, 67, 228]);
    expect([1, 3, 4, 6, 7, 341].map(faultsTolerated)).toEqual([0, 0, 1, 1, 2, 113]);
  });
});

describe('the parent of the first block', () => {
  it('differs between federations', () => {
    const other = new Domains(portableCrypto, new Uint8Array(32));
    expect(genesisBlockDigest(other)).not.toEqual(genesisBlockDigest(federation.domains));
  });
});

import { concatBytes, utf8 } from '@hansa/protocol';
import { defaultParameters } from '@hansa/protocol/genesis';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../kernel/seeded-random.ts';
import { Meter, measuredCosts } from './costs.ts';
import { createFederation } from './federation.ts';
import { meteredCrypto } from './metered-crypto.ts';
import { runCrypto } from './run-crypto.ts';
import { simulatedSignatures } from './simulated-signatures.ts';

const message = utf8('a statement');
const secrets = Array.from({ length: 5 }, (_, index) => createRandom(1, 'secret', index).bytes(32));
const { ed25519, bls } = simulatedSignatures(createRandom(1, 'run'));

function flips(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_, place) => bytes.map((byte, index) => (index === place ? byte ^ 1 : byte)));
}

describe.each([
  ['ed25519', ed25519, 32, 64],
  ['bls', bls, 48, 96],
] as const)('simulated signatures of the kind %s', (_, scheme, keyBytes, signatureBytes) => {
  const keys = secrets.map((secret) => scheme.publicKey(secret));
  const signature = scheme.sign(message, secrets[0] as Uint8Array);

  it('weigh what real ones weigh, and hold for one key and one message', () => {
    expect(keys.map(({ length }) => length)).toEqual(Array(5).fill(keyBytes));
    expect(signature).toHaveLength(signatureBytes);
    expect(scheme.verify(signature, message, keys[0] as Uint8Array)).toBe(true);
    for (const key of keys.slice(1)) expect(scheme.verify(signature, message, key)).toBe(false);
    expect(scheme.verify(signature, utf8('another'), keys[0] as Uint8Array)).toBe(false);
    expect(scheme.verify(signature, concatBytes(message, new Uint8Array(1)), keys[0] as Uint8Array)).toBe(false);
  });

  it('are broken by any bit and any missing byte', () => {
    for (const forged of flips(signature)) expect(scheme.verify(forged, message, keys[0] as Uint8Array)).toBe(false);
    expect(scheme.verify(signature.subarray(1), message, keys[0] as Uint8Array)).toBe(false);
    expect(scheme.verify(signature, message, (keys[0] as Uint8Array).subarray(1))).toBe(false);
    expect(scheme.verify(new Uint8Array(signatureBytes), message, keys[0] as Uint8Array)).toBe(false);
  });

  it('of another run prove nothing: the secret of a run is its own', () => {
    const other = simulatedSignatures(createRandom(2, 'run'));
    const theirs = keyBytes === 32 ? other.ed25519 : other.bls;
    expect(scheme.verify(theirs.sign(message, secrets[0] as Uint8Array), message, keys[0] as Uint8Array)).toBe(false);
  });
});

describe('simulated aggregates', () => {
  const keys = secrets.map((secret) => bls.publicKey(secret));
  const signatures = secrets.map((secret) => bls.sign(message, secret));
  const aggregate = bls.aggregate(signatures.slice(0, 3)) as Uint8Array;

  it('hold for exactly their voters and their message', () => {
    expect(aggregate).toHaveLength(96);
    expect(bls.verifyAggregate(aggregate, message, keys.slice(0, 3))).toBe(true);
    expect(bls.verifyAggregate(aggregate, message, keys.slice(0, 2))).toBe(false);
    expect(bls.verifyAggregate(aggregate, message, keys.slice(0, 4))).toBe(false);
    expect(bls.verifyAggregate(aggregate, message, [...keys.slice(0, 2), keys[3] as Uint8Array])).toBe(false);
    expect(bls.verifyAggregate(aggregate, utf8('another'), keys.slice(0, 3))).toBe(false);
    expect(bls.verifyAggregate(aggregate, message, [])).toBe(false);
    for (const forged of flips(aggregate)) expect(bls.verifyAggregate(forged, message, keys.slice(0, 3))).toBe(false);
  });

  it('do not come about from nothing or from what is malformed', () => {
    expect(bls.aggregate([])).toBeUndefined();
    expect(bls.aggregate([new Uint8Array(95)])).toBeUndefined();
    expect(bls.aggregate([signatures[0] as Uint8Array, createRandom(1, 'noise').bytes(96)])).toBeUndefined();
    const cancelled = bls.aggregate([signatures[0] as Uint8Array, signatures[0] as Uint8Array]) as Uint8Array;
    expect(bls.verifyAggregate(cancelled, message, [keys[1] as Uint8Array])).toBe(false);
  });

  it('need a proof that the key’s holder has its secret', () => {
    const proof = bls.provePossession(secrets[0] as Uint8Array);
    expect(bls.verifyPossession(proof, keys[0] as Uint8Array)).toBe(true);
    expect(bls.verifyPossession(proof, keys[1] as Uint8Array)).toBe(false);
    // A vote for the key's bytes is no proof: possession has a domain of its own.
    expect(bls.verifyPossession(bls.sign(keys[0] as Uint8Array, secrets[0] as Uint8Array), keys[0] as Uint8Array)).toBe(
      false,
    );
  });
});

describe('the meter', () => {
  it('charges what an operation costs, and changes none of its results', () => {
    const meter = new Meter();
    const crypto = runCrypto('cost', 1);
    const metered = meteredCrypto(crypto, measuredCosts, meter);
    const [secret] = secrets as [Uint8Array];
    const charged = <T>(run: () => T): [T, number] => {
      meter.take();
      const result = run();
      return [result, Math.round(meter.take() * 1000) / 1000];
    };
    const key = crypto.bls.publicKey(secret);
    const vote = crypto.bls.sign(message, secret);
    expect(charged(() => metered.bls.sign(message, secret))).toEqual([vote, measuredCosts.signBlsUs]);
    expect(charged(() => metered.bls.verify(vote, message, key))).toEqual([true, measuredCosts.verifyBlsUs]);
    const [, aggregateUs] = charged(() => metered.bls.aggregate([vote, vote]));
    expect(aggregateUs).toBeCloseTo(2 * measuredCosts.aggregateBlsPerVoteUs);
    const [, verifyUs] = charged(() => metered.bls.verifyAggregate(vote, message, [key, key]));
    expect(verifyUs).toBeCloseTo(measuredCosts.verifyBlsUs + 2 * measuredCosts.addBlsKeyUs);
    expect(charged(() => metered.ed25519.sign(message, secret))[1]).toBe(measuredCosts.signEd25519Us);
    const data = new Uint8Array(2048);
    expect(charged(() => metered.sha256(data))).toEqual([crypto.sha256(data), 2 * measuredCosts.hashPerKilobyteUs]);
    expect(charged(() => metered.sha256Pairs(data))[1]).toBe(2 * measuredCosts.hashPerKilobyteUs);
    expect(charged(() => metered.ed25519.verify(vote, message, key))).toEqual([false, measuredCosts.verifyEd25519Us]);
  });
});

describe('a federation', () => {
  const make = (seed: number, cities: number, mode: 'cost' | 'real' = 'cost') =>
    createFederation({
      crypto: runCrypto(mode, seed),
      seed,
      cities: Array.from({ length: cities }, (_, index) => ({ name: `city-${index}`, displayName: `City ${index}` })),
      observers: [{ name: 'observer-0', displayName: 'Observer' }],
      parameters: defaultParameters,
      voteScheme: cities > 16 ? 'bls12381' : 'ed25519',
      createdAtMs: 1_780_000_000_000,
    });

  it('follows from its seed', () => {
    expect(make(1, 4).genesis).toEqual(make(1, 4).genesis);
    expect(make(1, 4).genesis.federationId).not.toEqual(make(2, 4).genesis.federationId);
  });

  it('passes the protocol’s own checks, also with the nation’s 341 and with real keys', () => {
    const nation = make(1, 341);
    expect(nation.genesis.authorities).toHaveLength(341);
    expect(nation.secrets).toHaveLength(341);
    expect(make(1, 4, 'real').genesis.observers).toHaveLength(1);
  });

  it('gives a city the keys that it had before one more came', () => {
    expect(make(1, 5).secrets.slice(0, 4)).toEqual(make(1, 4).secrets);
  });
});

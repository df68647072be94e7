import { describe, expect, it } from 'vitest';
import { testFederation } from '../../test/federation.ts';
import { utf8 } from '../bytes.ts';
import { portableCrypto } from '../crypto/index.ts';
import { voteScheme } from './vote-scheme.ts';

const { genesis, laneSecrets, voteSecrets } = testFederation(portableCrypto, 4);
const message = utf8('a statement');
const secretsOf = (index: number) => ({
  laneSecret: laneSecrets[index] as Uint8Array,
  voteSecret: voteSecrets[index] as Uint8Array,
});

describe.each(['bls12381', 'ed25519'] as const)('votes signed with %s', (name) => {
  const scheme = voteScheme(portableCrypto, name);
  const voters = [0, 2, 3].map((index) => genesis.authorities[index] as (typeof genesis.authorities)[number]);
  const signatures = [0, 2, 3].map((index) => scheme.sign(message, secretsOf(index)));
  const proof = scheme.aggregate(signatures) as Uint8Array;

  it('are attributable to one voter each', () => {
    signatures.forEach((signature, place) => {
      voters.forEach((voter, index) => {
        expect(scheme.verify(signature, message, voter)).toBe(index === place);
      });
    });
  });

  it('aggregate into a proof of exactly their voters', () => {
    expect(scheme.verifyAggregate(proof, message, voters)).toBe(true);
    expect(scheme.verifyAggregate(proof, message, voters.slice(1))).toBe(false);
    expect(scheme.verifyAggregate(proof, message, genesis.authorities)).toBe(false);
    expect(scheme.verifyAggregate(proof, utf8('another statement'), voters)).toBe(false);
    expect(scheme.verifyAggregate(proof, message, [])).toBe(false);
    expect(scheme.aggregate([])).toBeUndefined();
  });

  it('prove nothing when a bit is flipped or a byte is missing', () => {
    for (let place = 0; place < proof.length; place += 7) {
      const flipped = proof.slice();
      flipped[place] = (flipped[place] as number) ^ 1;
      expect(scheme.verifyAggregate(flipped, message, voters)).toBe(false);
    }
    expect(scheme.verifyAggregate(proof.subarray(1), message, voters)).toBe(false);
  });
});

import { limits, toHex } from '@hansa/protocol';
import { certificateFactKey } from '@hansa/protocol/families';
import { nextEpoch } from '@hansa/protocol/genesis';
import { describe, expect, test } from 'vitest';
import {
  CertificateState,
  encodeCertificateFact,
  RevokeReason,
} from '../../../protocol/src/families/certificate/fact.ts';
import { change, MembershipChangeKind, newKeys } from '../../../protocol/test/membership-fixture.ts';
import { type CredentialContext, issueCredential, verifyCredential } from '../../src/credential/index.ts';
import { Clock } from '../../src/services/clock.ts';
import { HolderService } from '../../src/services/holder.ts';
import {
  certificateId,
  content,
  context,
  crypto,
  document,
  federation,
  genesis,
  holderOf,
  nowMs,
  secretOf,
  self,
} from './fixture.ts';

/** Copies of a city whose keys changed (C12, P4). */
const fresh = newKeys(crypto, self.name, 'fresh');
const changedMs = nowMs;
const rotated = nextEpoch(genesis, change(MembershipChangeKind.ROTATE, 0, fresh.member), changedMs);
const both: CredentialContext = { genesis: rotated, crypto };
const holder = holderOf('wu');
const hourMs = 3_600_000;
const driftMs = limits.clockDriftMsMax;

async function copy(secretKey: Uint8Array, issuedAtMs: number): Promise<string> {
  return issueCredential({ genesis, self, crypto, secretKey }, { ...content, issuedAtMs, holderKey: holder.publicKey });
}

async function verdict(secretKey: Uint8Array, issuedAtMs: number, known = both): Promise<string> {
  const verified = verifyCredential(known, await copy(secretKey, issuedAtMs), changedMs + 2 * hourMs);
  return verified.ok ? verified.value.issuer.name : verified.error.code;
}

describe('a copy of a city whose keys changed (C12)', () => {
  test('is good under the key of its time, before and after, and near the change under either', async () => {
    for (const issuedAtMs of [changedMs - hourMs, changedMs, changedMs + driftMs]) {
      expect(await verdict(secretOf(0), issuedAtMs)).toBe('haikou');
    }
    for (const issuedAtMs of [changedMs + hourMs, changedMs, changedMs - driftMs]) {
      expect(await verdict(fresh.credentialSecret, issuedAtMs)).toBe('haikou');
    }
  });

  test('is refused under a key that was given up, or that was not there yet', async () => {
    expect(await verdict(secretOf(0), changedMs + hourMs)).toBe('CREDENTIAL_KEY_OUT_OF_TIME');
    expect(await verdict(fresh.credentialSecret, changedMs - hourMs)).toBe('CREDENTIAL_KEY_OUT_OF_TIME');
    expect(await verdict(secretOf(1), changedMs + hourMs)).toBe('CREDENTIAL_SIGNATURE_INVALID');
  });

  test('needs its receipt when its key is newer than the genesis file', async () => {
    expect(await verdict(fresh.credentialSecret, changedMs + hourMs, context)).toBe('CREDENTIAL_SIGNATURE_INVALID');
    expect(await verdict(secretOf(0), changedMs - hourMs, context)).toBe('haikou');
  });
});

test('a copy that is made after the change, of a certificate from before, is dated when the key became the city\u2019s (C12)', async () => {
  const made = async (issuedAtMs: number) => {
    const fact = encodeCertificateFact({
      ...{ location: { lane: 0, sequence: 1, position: 0 }, state: CertificateState.ACTIVE, addressedTo: undefined },
      ...{ issuedOn: 0, validUntil: content.validUntil, commitment: new Uint8Array(32), holderKey: holder.publicKey },
      ...{ issuedAtMs, endedBy: undefined, endedAtMs: 0, revokeReason: RevokeReason.UNSPECIFIED },
      ...{ supersededBy: new Uint8Array(0), conflictsWith: [], subjectTag: new Uint8Array(32) },
    });
    const key = toHex(certificateFactKey(federation.domains, certificateId));
    const city = {
      ...{ genesis: rotated, self, crypto, domains: federation.domains },
      fact: (asked: Uint8Array) => ({
        value: toHex(asked) === key ? fact : undefined,
        asOf: { height: 1, timestampMs: changedMs },
      }),
      receipt: async () => new Uint8Array(0),
    };
    const registry = {
      certificateDocument: async () => document,
      credentialCopy: async () => undefined,
      keepCredentialCopy: async () => undefined,
    };
    const clock = new Clock(() => changedMs + hourMs, rotated);
    const service = new HolderService(city as never, registry as never, clock, fresh.credentialSecret);
    const { credential } = await service.certificate(toHex(certificateId), holder.publicKey);
    const verified = verifyCredential(both, credential ?? '', changedMs + 2 * hourMs);
    return verified.ok ? verified.value.issuedAtMs : verified.error.code;
  };
  expect(await made(changedMs - 24 * hourMs)).toBe(changedMs);
  expect(await made(changedMs + hourMs)).toBe(changedMs + hourMs);
});

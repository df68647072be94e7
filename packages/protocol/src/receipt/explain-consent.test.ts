import { beforeAll, describe, expect, it } from 'vitest';
import { type TestFederation, testFederation } from '../../test/federation.ts';
import { SampleLedger, sampleTimestampMs } from '../../test/sample-receipt.ts';
import { portableCrypto } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import type { MapProof } from '../merkle/index.ts';
import { encodeReceipt, explainConsent, explainReceipt, verifyReceipt } from './index.ts';

let federation: TestFederation;
let ledger: SampleLedger;

beforeAll(() => {
  federation = testFederation(portableCrypto, 4);
  ledger = new SampleLedger(federation);
});

function verified(facts: readonly MapProof[], position?: number) {
  const record = position === undefined ? {} : { record: ledger.recordProof(0, position) };
  const receipt = encodeReceipt(portableCrypto, { ...ledger.emptyReceipt(), facts, ...record });
  return unwrap(verifyReceipt(federation, receipt));
}

describe('a receipt of a consent (P4)', () => {
  it('says its status and what is left of it, or that there is none', () => {
    const stranger = new Uint8Array(16);
    const receipt = verified([ledger.consentProof(), ledger.consentProof(stranger)]);
    expect(unwrap(explainConsent(federation, receipt, ledger.consentId, sampleTimestampMs))).toMatchObject({
      status: 'active',
      balance: { usesLeft: 2, msLeft: undefined },
      fact: { grantee: 1, certificateId: ledger.certificateId },
    });
    expect(unwrap(explainConsent(federation, receipt, stranger, sampleTimestampMs))).toEqual({
      consentId: stranger,
      status: 'unknown',
      balance: undefined,
      fact: undefined,
    });
  });

  it('says nothing about a consent whose fact it lacks', () => {
    const receipt = verified([ledger.certificateProof()]);
    expect(explainConsent(federation, receipt, ledger.consentId, sampleTimestampMs)).toMatchObject({
      ok: false,
      error: { code: 'RECEIPT_LACKS_FACT' },
    });
  });

  it('says of its own record whether it took effect (L1)', () => {
    const standing = (position: number, proof = ledger.consentProof()) =>
      unwrap(explainReceipt(federation, verified([proof], position), sampleTimestampMs));
    expect(standing(1)).toMatchObject({ record: 'stands', consent: { status: 'active' }, certificate: undefined });
    // The same grant once more, which the ledger refused.
    expect(standing(2)).toMatchObject({ record: 'does-not-stand', consent: { status: 'active' } });
    // A use leaves a number, and no name.
    expect(standing(3)).toMatchObject({ record: 'unproven', consent: { balance: { usesLeft: 2 } } });
    expect(standing(1, ledger.certificateProof())).toMatchObject({ record: 'unproven', consent: undefined });
  });
});

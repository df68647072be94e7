import { create, fromBinary } from '@bufbuild/protobuf';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestFederation, testFederation } from '../../test/federation.ts';
import { SampleLedger } from '../../test/sample-receipt.ts';
import { concatBytes } from '../bytes.ts';
import { encodeMessage } from '../codec/index.ts';
import { portableCrypto } from '../crypto/index.ts';
import { type QuorumCertificate, QuorumCertificateSchema, VoteKind } from '../gen/hansa/v1/consensus_pb.ts';
import { verifyQuorumCertificate } from './quorum-certificate.ts';
import { decodeSigners, encodeSigners } from './signers.ts';

let federation: TestFederation;
let ledger: SampleLedger;

beforeAll(() => {
  federation = testFederation(portableCrypto, 4);
  ledger = new SampleLedger(federation);
});

function codeOf(certificate: Uint8Array | QuorumCertificate): string {
  const result = verifyQuorumCertificate(federation, certificate);
  return result.ok ? 'accepted' : result.error.code;
}

function changed(change: (message: QuorumCertificate) => void): Uint8Array {
  const message = fromBinary(QuorumCertificateSchema, ledger.certificate());
  change(message);
  return encodeMessage(QuorumCertificateSchema, create(QuorumCertificateSchema, message));
}

describe('a quorum certificate', () => {
  it('is accepted with n - f signers, and says what they signed', () => {
    const statement = { kind: VoteKind.FINALIZE, epoch: 0, view: 9 };
    expect(verifyQuorumCertificate(federation, ledger.certificate())).toMatchObject({
      ok: true,
      value: { ...statement, block: federation.domains.digest('block', ledger.blockBytes), signers: [0, 1, 2] },
    });
    expect(codeOf(ledger.certificate({}, [0, 1, 2, 3]))).toBe('accepted');
    expect(codeOf(ledger.certificate({ kind: VoteKind.NULLIFY, block: new Uint8Array() }, [1, 2, 3]))).toBe('accepted');
    expect(codeOf(fromBinary(QuorumCertificateSchema, ledger.certificate()))).toBe('accepted');
  });

  it('is refused with one signer less than a quorum', () => {
    expect(codeOf(ledger.certificate({}, [0, 3]))).toBe('QUORUM_CERTIFICATE_NO_QUORUM');
    expect(codeOf(changed((message) => (message.signers = new Uint8Array([0b0111]))))).toBe('accepted');
    expect(codeOf(changed((message) => (message.signers = new Uint8Array([0b0011]))))).toBe(
      'QUORUM_CERTIFICATE_NO_QUORUM',
    );
  });

  it('is refused when the bitmap names others than those who signed', () => {
    for (const bitmap of [0b1110, 0b1011, 0b1111]) {
      const certificate = changed((message) => (message.signers = new Uint8Array([bitmap])));
      expect(codeOf(certificate)).toBe('QUORUM_CERTIFICATE_BAD_SIGNATURE');
    }
  });

  it('is refused when the bitmap is not the canonical one of four authorities', () => {
    for (const bitmap of [[], [0b0111, 0], [0b10111]]) {
      const certificate = changed((message) => (message.signers = new Uint8Array(bitmap)));
      expect(codeOf(certificate)).toBe('QUORUM_CERTIFICATE_BAD_SIGNERS');
    }
  });

  it('is refused for another statement than the signed one, another epoch and another federation (C12, R1)', () => {
    const other = new SampleLedger(testFederation(portableCrypto, 4, 'another federation'));
    expect(codeOf(other.certificate())).toBe('QUORUM_CERTIFICATE_WRONG_FEDERATION');
    expect(codeOf(ledger.certificate({ epoch: 1 }))).toBe('QUORUM_CERTIFICATE_WRONG_EPOCH');
    const later = fromBinary(QuorumCertificateSchema, ledger.certificate({ view: 10 }));
    expect(codeOf(changed((message) => (message.statement = later.statement)))).toBe(
      'QUORUM_CERTIFICATE_BAD_SIGNATURE',
    );
  });

  it('C12: is refused when somebody signed who does not vote, though all keys are good and enough did', () => {
    const authorities = federation.genesis.authorities.map((authority) =>
      authority.index === 3 ? { ...authority, standing: 'suspended' as const } : authority,
    );
    const present = { ...federation, genesis: { ...federation.genesis, authorities } };
    expect(verifyQuorumCertificate(present, ledger.certificate({}, [0, 1, 2]))).toMatchObject({ ok: true });
    for (const signers of [
      [0, 1, 3],
      [0, 1, 2, 3],
    ]) {
      const error = { code: 'QUORUM_CERTIFICATE_BAD_SIGNERS' };
      expect(verifyQuorumCertificate(present, ledger.certificate({}, signers))).toMatchObject({ ok: false, error });
    }
  });

  it('is refused when statement or certificate is not canonical', () => {
    const malformed = 'QUORUM_CERTIFICATE_MALFORMED';
    expect(codeOf(ledger.certificate({ kind: VoteKind.UNSPECIFIED }))).toBe(malformed);
    expect(codeOf(ledger.certificate({ kind: VoteKind.NULLIFY }))).toBe(malformed);
    expect(codeOf(ledger.certificate({ block: new Uint8Array() }))).toBe(malformed);
    expect(codeOf(concatBytes(ledger.certificate(), new Uint8Array([0x22, 0])))).toBe(malformed);
    expect(codeOf(ledger.certificate().subarray(0, -1))).toBe(malformed);
    expect(codeOf(new Uint8Array(10_000))).toBe(malformed);
    const extended = changed(
      (message) => (message.statement = concatBytes(message.statement, new Uint8Array([0x30, 1]))),
    );
    expect(codeOf(extended)).toBe(malformed);
  });
});

describe('the bitmap of signers', () => {
  it('holds bit i of byte i / 8, least significant first', () => {
    expect(encodeSigners([0, 3, 9], 10)).toEqual(new Uint8Array([0b1001, 0b10]));
    expect(decodeSigners(new Uint8Array([0b1001, 0b10]), 10)).toEqual([0, 3, 9]);
    expect(encodeSigners([], 4)).toEqual(new Uint8Array(1));
    expect(decodeSigners(new Uint8Array(1), 4)).toEqual([]);
  });

  it('has one form: the exact length and no bit from n on', () => {
    expect(decodeSigners(new Uint8Array([0b1000_0000]), 8)).toEqual([7]);
    expect(decodeSigners(new Uint8Array([0b1000_0000]), 7)).toBeUndefined();
    expect(decodeSigners(new Uint8Array([1, 0]), 8)).toBeUndefined();
    expect(decodeSigners(new Uint8Array(), 1)).toBeUndefined();
  });
});

import { create, fromBinary } from '@bufbuild/protobuf';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestFederation, testFederation } from '../../test/federation.ts';
import { SampleLedger, sampleDays, sampleTimestampMs } from '../../test/sample-receipt.ts';
import { concatBytes } from '../bytes.ts';
import { encodeMessage } from '../codec/index.ts';
import { portableCrypto } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import { VoteKind } from '../gen/hansa/v1/consensus_pb.ts';
import { type FactProof, type Receipt, ReceiptSchema, type RecordProof } from '../gen/hansa/v1/receipt_pb.ts';
import { limits } from '../limits.ts';
import { appendChecksum } from './checksum.ts';
import { encodeReceipt, explainCertificate, explainReceipt, explainSubject, verifyReceipt } from './index.ts';

const DAY_MS = 86_400_000;

let federation: TestFederation;
let ledger: SampleLedger;
let sample: Uint8Array;

beforeAll(() => {
  federation = testFederation(portableCrypto, 4);
  ledger = new SampleLedger(federation);
  sample = encodeReceipt(portableCrypto, ledger.listingReceipt());
});

function codeOf(receipt: Uint8Array): string {
  const result = verifyReceipt(federation, receipt);
  return result.ok ? 'accepted' : result.error.code;
}

/** The sample after a change, with a checksum that fits again: what a liar would send. */
function forged(change: (receipt: Receipt) => void): string {
  const receipt = fromBinary(ReceiptSchema, sample);
  change(receipt);
  receipt.checksum = new Uint8Array();
  return codeOf(appendChecksum(portableCrypto, encodeMessage(ReceiptSchema, create(ReceiptSchema, receipt))));
}

function record(receipt: Receipt): RecordProof {
  return receipt.record as RecordProof;
}

function fact(receipt: Receipt): FactProof {
  return receipt.facts[0] as FactProof;
}

function flip(bytes: Uint8Array, index = 0): Uint8Array {
  const out = bytes.slice();
  out[index] = (out[index] as number) ^ 1;
  return out;
}

describe('a receipt', () => {
  it('proves a record and a fact with the genesis file alone (L3)', () => {
    const verified = unwrap(verifyReceipt(federation, sample));
    expect(verified).toMatchObject({
      height: 6,
      checkpointHeight: 5,
      timestampMs: sampleTimestampMs,
      record: { location: { lane: 0, sequence: 2, position: 1 }, family: 1, type: 1 },
    });
    expect(verified.record?.recordId).toEqual(ledger.recordIds(1)[1]);
    expect(verified.facts).toEqual([
      { key: ledger.blacklistProof(ledger.listedTag).key, value: ledger.blacklistProof(ledger.listedTag).value },
    ]);
  });

  it('may prove facts alone, or a record alone', () => {
    const parts = ledger.emptyReceipt();
    const facts = [ledger.blacklistProof(ledger.absentTag), ledger.certificateProof()];
    expect(codeOf(encodeReceipt(portableCrypto, { ...parts, facts }))).toBe('accepted');
    expect(codeOf(encodeReceipt(portableCrypto, { ...parts, record: ledger.recordProof(0, 0) }))).toBe('accepted');
    expect(codeOf(encodeReceipt(portableCrypto, parts))).toBe('RECEIPT_EMPTY');
  });

  it('takes at most 3 kB at four cities', () => {
    expect(sample.length).toBeLessThan(3000);
  });

  it('is refused when it was truncated or extended anywhere', () => {
    for (let length = 0; length < sample.length; length += 7) {
      expect(['RECEIPT_MALFORMED', 'RECEIPT_DAMAGED']).toContain(codeOf(sample.subarray(0, length)));
    }
    for (const extension of [[0], [0x3a, 0], [0x40, 1], [...sample]]) {
      expect(codeOf(concatBytes(sample, new Uint8Array(extension)))).toBe('RECEIPT_MALFORMED');
    }
    expect(codeOf(new Uint8Array(limits.receiptBytesMax + 1))).toBe('RECEIPT_TOO_LARGE');
  });

  it('is refused when its checksum is missing or that of other bytes', () => {
    expect(codeOf(sample.subarray(0, -34))).toBe('RECEIPT_DAMAGED');
    expect(codeOf(flip(sample, sample.length - 1))).toBe('RECEIPT_DAMAGED');
    const receipt = fromBinary(ReceiptSchema, sample);
    receipt.block = flip(receipt.block, 60);
    expect(codeOf(encodeMessage(ReceiptSchema, receipt))).toBe('RECEIPT_DAMAGED');
  });

  it('of another federation is refused, even when that federation has the same cities (R1)', () => {
    const other = new SampleLedger(testFederation(portableCrypto, 4, 'another federation'));
    expect(codeOf(encodeReceipt(portableCrypto, other.listingReceipt()))).toBe('RECEIPT_WRONG_FEDERATION');
  });

  it('is refused unless a quorum voted Finalize for exactly its block (C6)', () => {
    const refusal = (finalization: Uint8Array) =>
      codeOf(encodeReceipt(portableCrypto, { ...ledger.listingReceipt(), finalization }));
    expect(refusal(ledger.certificate({ kind: VoteKind.NOTARIZE }))).toBe('RECEIPT_NOT_FINAL');
    expect(refusal(ledger.certificate({ kind: VoteKind.NULLIFY, block: new Uint8Array() }))).toBe('RECEIPT_NOT_FINAL');
    expect(refusal(ledger.certificate({}, [0, 1]))).toBe('RECEIPT_BAD_FINALIZATION');
    expect(refusal(ledger.certificate({ epoch: 3 }))).toBe('RECEIPT_WRONG_EPOCH');
    expect(refusal(ledger.certificate({ block: new Uint8Array(32) }))).toBe('RECEIPT_BLOCK_MISMATCH');
    expect(refusal(ledger.certificate({ view: 8 }))).toBe('RECEIPT_BLOCK_MISMATCH');
    expect(forged((receipt) => delete receipt.finalization)).toBe('RECEIPT_NOT_FINAL');
    expect(forged((receipt) => (receipt.block = flip(receipt.block, 60)))).toBe('RECEIPT_BLOCK_MISMATCH');
  });

  it('is refused when the finalized bytes are no block of this protocol', () => {
    const named = { ...ledger.block.checkpoint, nextAuthoritySet: new Uint8Array(31) };
    const strange = new SampleLedger(federation, { checkpoint: named });
    expect(codeOf(encodeReceipt(portableCrypto, strange.listingReceipt()))).toBe('RECEIPT_BLOCK_MALFORMED');
  });

  it('is refused when its state is not the one of the checkpoint (C11)', () => {
    expect(forged((receipt) => (receipt.factsRoot = flip(receipt.factsRoot)))).toBe('RECEIPT_STATE_MISMATCH');
    expect(forged((receipt) => (receipt.requestsDigest = flip(receipt.requestsDigest)))).toBe('RECEIPT_STATE_MISMATCH');
    const shifted = forged((receipt) => {
      const state = concatBytes(receipt.factsRoot, receipt.requestsDigest);
      receipt.factsRoot = state.slice(0, 31);
      receipt.requestsDigest = state.slice(31);
    });
    expect(shifted).toBe('RECEIPT_STATE_MISMATCH');
  });

  it('is refused when the record does not lead to a signed entry of its city (R3)', () => {
    const bad = 'RECEIPT_BAD_RECORD_PROOF';
    expect(forged((receipt) => (record(receipt).record = flip(record(receipt).record, 8)))).toBe(bad);
    expect(forged((receipt) => record(receipt).recordPath.pop())).toBe(bad);
    expect(forged((receipt) => record(receipt).recordPath.push(new Uint8Array(32)))).toBe(bad);
    expect(forged((receipt) => (record(receipt).ref!.position = 2))).toBe(bad);
    expect(forged((receipt) => (record(receipt).ref!.position = 3))).toBe(bad);
    expect(forged((receipt) => (record(receipt).ref!.lane = 1))).toBe(bad);
    expect(forged((receipt) => (record(receipt).ref!.sequence = 1n))).toBe(bad);
    expect(forged((receipt) => delete record(receipt).ref)).toBe(bad);
    expect(forged((receipt) => delete record(receipt).signed)).toBe(bad);
    expect(forged((receipt) => (record(receipt).signed!.header = new Uint8Array(3)))).toBe(bad);
    const signature = forged(
      (receipt) => (record(receipt).signed!.signature = flip(record(receipt).signed!.signature)),
    );
    expect(signature).toBe('RECEIPT_BAD_ENTRY_SIGNATURE');
  });

  it('is refused when the entry does not stand in the agreed history (L3)', () => {
    const missing = 'RECEIPT_NOT_IN_HISTORY';
    expect(forged((receipt) => (record(receipt).historyIndex = 0n))).toBe(missing);
    expect(forged((receipt) => (record(receipt).historyIndex = 3n))).toBe(missing);
    expect(forged((receipt) => record(receipt).historyPath.reverse())).toBe(missing);
    expect(forged((receipt) => record(receipt).historyPath.pop())).toBe(missing);
    const unordered = { ...ledger.block.checkpoint, historySize: 1 };
    const shorter = new SampleLedger(federation, { checkpoint: unordered });
    expect(codeOf(encodeReceipt(portableCrypto, shorter.listingReceipt()))).toBe(missing);
  });

  it('is refused when a fact does not lead to the state, whether it claims presence or absence (L3)', () => {
    const bad = 'RECEIPT_BAD_FACT_PROOF';
    expect(forged((receipt) => (fact(receipt).value = flip(fact(receipt).value, 3)))).toBe(bad);
    expect(forged((receipt) => (fact(receipt).value = new Uint8Array()))).toBe(bad);
    expect(forged((receipt) => (fact(receipt).key = flip(fact(receipt).key, 31)))).toBe(bad);
    expect(forged((receipt) => (fact(receipt).key = fact(receipt).key.slice(1)))).toBe(bad);
    expect(forged((receipt) => fact(receipt).siblings.pop())).toBe(bad);
    expect(forged((receipt) => (fact(receipt).otherKey = new Uint8Array(32)))).toBe(bad);
    // The present leaf, given out as "another leaf" beside which the key would be absent.
    const denied = forged((receipt) => {
      fact(receipt).otherKey = fact(receipt).key;
      fact(receipt).otherValueHash = portableCrypto.sha256(fact(receipt).value);
      fact(receipt).value = new Uint8Array();
    });
    expect(denied).toBe(bad);
  });

  it('is refused when its facts are not ascending by key, one proof each', () => {
    expect(forged((receipt) => receipt.facts.push(fact(receipt)))).toBe('RECEIPT_FACTS_UNORDERED');
    const parts = ledger.emptyReceipt();
    const facts = [ledger.blacklistProof(ledger.absentTag), ledger.certificateProof()];
    const two = fromBinary(ReceiptSchema, encodeReceipt(portableCrypto, { ...parts, facts }));
    expect(forged((receipt) => (receipt.facts = [...two.facts].reverse()))).toBe('RECEIPT_FACTS_UNORDERED');
    expect(forged((receipt) => (receipt.facts = two.facts))).toBe('accepted');
  });
});

describe('what a receipt says', () => {
  const at = (day: number) => day * DAY_MS;

  it('of a listed subject: the listings that are live on the day, with their dispute mark', () => {
    const verified = unwrap(verifyReceipt(federation, sample));
    const now = unwrap(explainSubject(federation, verified, ledger.listedTag, sampleTimestampMs));
    expect(now.live).toMatchObject([
      { location: { lane: 0, sequence: 2, position: 1 }, disputed: true, published: true },
    ]);
    const later = unwrap(explainSubject(federation, verified, ledger.listedTag, at(sampleDays.restrictUntil + 1)));
    expect(later.live).toEqual([]);
    expect(later.fact?.listings).toHaveLength(1);
  });

  it('of a subject without listings: verified absence, which a receipt about others never is', () => {
    const parts = { ...ledger.emptyReceipt(), facts: [ledger.blacklistProof(ledger.absentTag)] };
    const verified = unwrap(verifyReceipt(federation, encodeReceipt(portableCrypto, parts)));
    const absent = unwrap(explainSubject(federation, verified, ledger.absentTag, sampleTimestampMs));
    expect(absent).toMatchObject({ live: [], fact: undefined });
    expect(explainSubject(federation, verified, ledger.listedTag, sampleTimestampMs)).toMatchObject({
      error: { code: 'RECEIPT_LACKS_FACT' },
    });
  });

  it('of a certificate in its third month: expired, though every signature is valid (L4)', () => {
    const facts = [ledger.certificateProof(), ledger.certificateProof(new Uint8Array(16))];
    const parts = { ...ledger.emptyReceipt(), facts };
    const verified = unwrap(verifyReceipt(federation, encodeReceipt(portableCrypto, parts)));
    const status = (atMs: number, id = ledger.certificateId) =>
      unwrap(explainCertificate(federation, verified, id, atMs)).status;
    expect(status(sampleTimestampMs)).toBe('active');
    // The legal day begins at midnight in the federation's time zone, eight hours before that of UTC.
    const utcOffsetMs = federation.genesis.utcOffsetMinutes * 60_000;
    expect(status(at(sampleDays.certificateUntil + 1) - utcOffsetMs - 1)).toBe('active');
    expect(status(at(sampleDays.certificateUntil + 1) - utcOffsetMs)).toBe('expired');
    expect(status(sampleTimestampMs, new Uint8Array(16))).toBe('unknown');
  });

  it('of its record: whether the facts show that it took effect (L1)', () => {
    const explain = (index: number, position: number, facts: ReturnType<SampleLedger['blacklistProof']>[]) => {
      const parts = { ...ledger.emptyReceipt(), record: ledger.recordProof(index, position), facts };
      const verified = unwrap(verifyReceipt(federation, encodeReceipt(portableCrypto, parts)));
      return unwrap(explainReceipt(federation, verified, sampleTimestampMs));
    };
    const stands = explain(1, 1, [ledger.blacklistProof(ledger.listedTag)]);
    expect(stands).toMatchObject({ record: 'stands', subject: { live: [{ disputed: true }] }, certificate: undefined });
    expect(explain(1, 2, [ledger.blacklistProof(ledger.absentTag)]).record).toBe('does-not-stand');
    expect(explain(1, 1, [ledger.certificateProof()]).record).toBe('unproven');
    expect(explain(0, 0, [ledger.certificateProof()])).toMatchObject({
      record: 'stands',
      certificate: { status: 'active' },
    });
  });

  it('of nothing in particular: nothing', () => {
    const parts = { ...ledger.emptyReceipt(), facts: [ledger.certificateProof()] };
    const verified = unwrap(verifyReceipt(federation, encodeReceipt(portableCrypto, parts)));
    expect(unwrap(explainReceipt(federation, verified, sampleTimestampMs))).toEqual({
      record: undefined,
      subject: undefined,
      certificate: undefined,
      consent: undefined,
    });
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { type TestFederation, testFederation } from '../../test/federation.ts';
import { SampleLedger } from '../../test/sample-receipt.ts';
import { equalBytes } from '../bytes.ts';
import { portableCrypto } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import { encodeReceipt, type PathStep, traceReceipt, verifyReceipt } from './index.ts';

let federation: TestFederation;
let ledger: SampleLedger;

beforeAll(() => {
  federation = testFederation(portableCrypto, 4);
  ledger = new SampleLedger(federation);
});

function end(leaf: Uint8Array, path: readonly PathStep[]): Uint8Array {
  return path.at(-1)?.hash ?? leaf;
}

describe('the steps of a receipt', () => {
  it('lead from the record to the root that its entry names, and on to the history root (L3)', () => {
    for (const sequence of [0, 1]) {
      for (const position of ledger.recordIds(sequence).keys()) {
        const parts = { ...ledger.emptyReceipt(), record: ledger.recordProof(sequence, position) };
        const { record, block } = unwrap(traceReceipt(federation, encodeReceipt(portableCrypto, parts)));
        expect(record?.recordId).toEqual(ledger.recordIds(sequence)[position]);
        expect(end(record?.leaf as Uint8Array, record?.path ?? [])).toEqual(record?.recordsRoot);
        expect(end(record?.historyLeaf as Uint8Array, record?.historyPath ?? [])).toEqual(block.historyRoot);
      }
    }
  });

  it('lead from each fact, present or absent, to the root of the facts (L3)', () => {
    const facts = [
      ledger.blacklistProof(ledger.listedTag),
      ledger.blacklistProof(ledger.absentTag),
      ledger.certificateProof(),
    ];
    const trace = unwrap(traceReceipt(federation, encodeReceipt(portableCrypto, { ...ledger.emptyReceipt(), facts })));
    expect(trace.facts.map(({ value }) => value !== undefined).sort()).toEqual([false, true, true]);
    for (const { leaf, path } of trace.facts) expect(end(leaf, path)).toEqual(trace.factsRoot);
    expect(trace.facts.some(({ path }) => path.some(({ sibling }) => sibling !== undefined))).toBe(true);
  });

  it('name the cities whose signatures made the block final (C6)', () => {
    const bytes = encodeReceipt(portableCrypto, ledger.listingReceipt());
    const { block, finalization } = unwrap(traceReceipt(federation, bytes));
    const { height, checkpointHeight } = unwrap(verifyReceipt(federation, bytes));
    expect(block).toMatchObject({ height, checkpointHeight });
    expect(finalization).toMatchObject({ authorities: 4, quorum: 3 });
    expect(finalization.signers.length).toBeGreaterThanOrEqual(3);
  });

  it('are not drawn for a receipt that does not hold: the same code as verifying (L3)', () => {
    const bytes = encodeReceipt(portableCrypto, ledger.listingReceipt());
    for (const index of [0, 40, bytes.length - 1]) {
      const forged = bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
      const [traced, verified] = [traceReceipt(federation, forged), verifyReceipt(federation, forged)];
      expect(traced.ok).toBe(false);
      expect(traced).toEqual(verified);
    }
    expect(equalBytes(bytes, encodeReceipt(portableCrypto, ledger.listingReceipt()))).toBe(true);
  });
});

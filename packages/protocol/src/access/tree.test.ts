import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessFixture } from '../../test/access-fixture.ts';
import { testFederation } from '../../test/federation.ts';
import { compareBytes, equalBytes, u32be } from '../bytes.ts';
import { portableCrypto } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import {
  type AccessBatch,
  AccessTree,
  accessesOf,
  type BatchContent,
  checkTestimony,
  decodeBatchContent,
  encodeAccessProof,
  encodeBatchContent,
  missingFrom,
  type Testimony,
  type VerifiedAccess,
  verifyAbsent,
  verifyAccessProof,
  verifyPresent,
} from './index.ts';

const federation = testFederation(portableCrypto, 4);
const fixture = new AccessFixture(federation);
const { context } = fixture;
const idOf = (number: number) => portableCrypto.sha256(u32be(number));
const treeOf = (count: number) =>
  new AccessTree(
    portableCrypto,
    Array.from({ length: count }, (_, i) => idOf(i)),
  );

describe('the tree of a batch', () => {
  it('proves each of its receipts present and each other absent, whatever their number (P3)', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(60), (count, number) => {
        const tree = treeOf(count);
        const proof = tree.prove(idOf(number));
        expect(proof.present).toBe(number < count);
        const [leaf] = proof.leaves;
        if (proof.present && leaf !== undefined) {
          expect(verifyPresent(portableCrypto, tree, idOf(number), leaf)).toBe(true);
          expect(verifyPresent(portableCrypto, tree, idOf(number + 1), leaf)).toBe(false);
          expect(verifyAbsent(portableCrypto, tree, idOf(number), proof.leaves)).toBe(false);
        } else {
          expect(verifyAbsent(portableCrypto, tree, idOf(number), proof.leaves)).toBe(true);
        }
      }),
    );
  });

  it('lets nobody prove the absence of what it has (P3)', () => {
    const tree = treeOf(9);
    const leaves = tree.ids.map((id) => tree.prove(id).leaves[0]).filter((leaf) => leaf !== undefined);
    for (const id of tree.ids) {
      for (const first of leaves) {
        expect(verifyAbsent(portableCrypto, tree, id, [first])).toBe(false);
        for (const second of leaves) expect(verifyAbsent(portableCrypto, tree, id, [first, second])).toBe(false);
      }
      expect(verifyAbsent(portableCrypto, tree, id, [])).toBe(false);
    }
  });

  it('takes only leaves of its own as neighbours (P3)', () => {
    const [tree, other] = [treeOf(9), treeOf(8)];
    const absent = idOf(100);
    const { leaves } = other.prove(absent);
    expect(leaves.length).toBeGreaterThan(0);
    expect(verifyAbsent(portableCrypto, other, absent, leaves)).toBe(true);
    expect(verifyAbsent(portableCrypto, tree, absent, leaves)).toBe(false);
  });

  it('is the same in whatever order the receipts came, and empty it has the root of nothing', () => {
    const ids = Array.from({ length: 20 }, (_, i) => idOf(i));
    expect(new AccessTree(portableCrypto, [...ids].reverse()).root).toEqual(new AccessTree(portableCrypto, ids).root);
    expect(treeOf(0).root).toEqual(portableCrypto.sha256(new Uint8Array(0)));
    expect(() => new AccessTree(portableCrypto, [idOf(1), idOf(1)])).toThrow('each receipt once');
  });
});

const HOUR = 3_600_000;
const START = 1_795_000_000_000;

/** A city's batches, an hour each, over the accesses that it has kept. */
function contentsOf(city: number, accesses: readonly VerifiedAccess[], hours: number): BatchContent[] {
  return Array.from({ length: hours }, (_, index) => {
    const [fromMs, toMs] = [START + index * HOUR, START + (index + 1) * HOUR];
    const ids = accesses
      .filter(({ answered }) => answered.answeredAtMs >= fromMs && answered.answeredAtMs < toMs)
      .map(({ id }) => id);
    const { root, count, ids: sorted } = new AccessTree(portableCrypto, ids);
    return { location: { lane: city, sequence: index + 1, position: 0 }, fromMs, toMs, root, count, ids: sorted };
  });
}

const accesses = Array.from({ length: 12 }, (_, i) => fixture.access(i, START + i * (HOUR / 4) + 5));
const agreed = contentsOf(0, accesses, 3);
const testimony: Testimony = {
  ...{ city: 0, fromMs: START, toMs: START + 3 * HOUR, batches: agreed },
  receipts: accesses.map(({ bytes }) => bytes),
};
const check = (changes: Partial<Testimony>, ledger: readonly AccessBatch[] = agreed) => {
  const checked = checkTestimony(context, { ...testimony, ...changes }, ledger);
  return checked.ok ? 'accepted' : checked.error.code;
};

describe('who read what in a period', () => {
  it('is complete when all leaves of the ledger’s batches are shown (P3)', () => {
    const checked = unwrap(checkTestimony(context, testimony, agreed));
    expect(checked).toMatchObject({ covered: { fromMs: START, toMs: START + 3 * HOUR }, withheld: [] });
    expect(checked.accesses).toHaveLength(12);
    expect(accessesOf(checked.accesses, fixture.read().record).map(({ reader }) => reader)).toEqual(Array(12).fill(1));
    expect(accessesOf(checked.accesses, { lane: 0, sequence: 99, position: 0 })).toEqual([]);
  });

  it('tells only of the period that was asked about, and of how much of it the batches cover', () => {
    const period = { fromMs: START + HOUR / 2, toMs: START + 9 * HOUR };
    const checked = unwrap(checkTestimony(context, { ...testimony, ...period }, agreed));
    expect(checked.covered).toEqual({ fromMs: START + HOUR / 2, toMs: START + 3 * HOUR });
    expect(checked.accesses).toHaveLength(10);
    const nothing = unwrap(checkTestimony(context, { ...testimony, batches: [], receipts: [] }, agreed));
    expect(nothing.covered).toBeUndefined();
  });

  it('counts an access once, however often its receipt is shown', () => {
    const twice = [...testimony.receipts, ...testimony.receipts.slice(0, 2)];
    expect(unwrap(checkTestimony(context, { ...testimony, receipts: twice }, agreed)).accesses).toHaveLength(12);
  });

  it('shows which receipts the city withholds (P3)', () => {
    const checked = unwrap(checkTestimony(context, { ...testimony, receipts: testimony.receipts.slice(1) }, agreed));
    expect(checked.withheld).toEqual([accesses[0]?.id]);
  });

  it('is refused when a batch is not the ledger’s, is missing, out of order or not whole (P3)', () => {
    expect(check({ batches: agreed.slice(0, 2), receipts: [] }, agreed.slice(1))).toBe('ACCESS_BATCH_UNKNOWN');
    expect(check({ city: 1 })).toBe('ACCESS_BATCH_UNKNOWN');
    const [first, second, third] = agreed as [BatchContent, BatchContent, BatchContent];
    expect(check({ batches: [{ ...first, root: second.root }] })).toBe('ACCESS_BATCH_UNKNOWN');
    expect(check({ batches: [first, third] })).toBe('ACCESS_BATCH_GAP');
    expect(check({ batches: [{ ...first, ids: first.ids.slice(1) }] })).toBe('ACCESS_BATCH_OTHER_ROOT');
    expect(check({ batches: [{ ...first, ids: [...first.ids].reverse() }] })).toBe('ACCESS_BATCH_UNSORTED');
  });

  it('is refused with a receipt that is no leaf of the batch of its time (P3)', () => {
    const stranger = fixture.access(100, START + 7);
    expect(check({ receipts: [...testimony.receipts, stranger.bytes] })).toBe('ACCESS_LEAF_UNKNOWN');
    const elsewhere = fixture.access(101, START + 7, {
      asker: 2,
      answerer: 3,
      record: { lane: 3, sequence: 1, position: 0 },
    });
    expect(check({ receipts: [elsewhere.bytes] })).toBe('ACCESS_LEAF_UNKNOWN');
  });

  it('is contradicted by the other city’s receipts: a hidden one is named with its batch (P3)', () => {
    const [hidden, ...shown] = accesses as [VerifiedAccess, ...VerifiedAccess[]];
    const batches = contentsOf(0, shown, 3);
    expect(missingFrom({ city: 0, batches }, accesses)).toEqual([{ access: hidden, batch: batches[0], hidden: true }]);
    // Who asked may never have got the answer.
    expect(missingFrom({ city: 1, batches: contentsOf(1, shown, 3) }, accesses)).toMatchObject([{ hidden: false }]);
    // A third city has nothing to have, and what no batch covers yet is not missing.
    expect(missingFrom({ city: 2, batches: contentsOf(2, [], 3) }, accesses)).toEqual([]);
    expect(missingFrom({ city: 0, batches: [] }, accesses)).toEqual([]);
  });
});

describe('a proof about one receipt', () => {
  const make = (access: VerifiedAccess, batch: BatchContent, present?: boolean) => {
    const proof = new AccessTree(portableCrypto, batch.ids).prove(access.id);
    const parts = { receipt: access.bytes, batch, ledgerReceipt: new Uint8Array(0) };
    return encodeAccessProof({ ...parts, ...proof, present: present ?? proof.present });
  };
  const [first, ...rest] = accesses as [VerifiedAccess, ...VerifiedAccess[]];
  const [full] = agreed as [BatchContent];
  const [lacking] = contentsOf(0, rest, 1) as [BatchContent];
  const code = (bytes: Uint8Array) => {
    const verified = verifyAccessProof(context, bytes);
    return verified.ok ? 'accepted' : verified.error.code;
  };

  it('shows that the city has it, or that it left it out (P3)', () => {
    expect(unwrap(verifyAccessProof(context, make(first, full)))).toMatchObject({ present: true });
    expect(unwrap(verifyAccessProof(context, make(first, lacking)))).toMatchObject({ present: false });
  });

  it('cannot say the contrary, nor of a batch that need not have it (P3)', () => {
    expect(code(make(first, full, false))).toBe('ACCESS_PROOF_WRONG');
    expect(code(make(first, lacking, true))).toBe('ACCESS_PROOF_WRONG');
    expect(code(make(first, { ...full, fromMs: full.fromMs + HOUR, toMs: full.toMs + HOUR }))).toBe(
      'ACCESS_PROOF_WRONG',
    );
    expect(code(make(first, { ...full, location: { ...full.location, lane: 2 } }))).toBe('ACCESS_PROOF_WRONG');
    expect(code(make(first, { ...full, root: portableCrypto.sha256(u32be(1)) }))).toBe('ACCESS_PROOF_WRONG');
    expect(code(new Uint8Array(50).fill(3))).toBe('MALFORMED');
  });

  it('and the content of a batch are read as they were written', () => {
    const bytes = encodeBatchContent(full);
    expect(decodeBatchContent(portableCrypto, bytes)).toEqual({ ok: true, value: full });
    const unsorted = encodeBatchContent({ ...full, ids: [...full.ids].sort((a, b) => compareBytes(b, a)) });
    expect(decodeBatchContent(portableCrypto, unsorted)).toMatchObject({ error: { code: 'ACCESS_BATCH_UNSORTED' } });
    expect(equalBytes(bytes, encodeBatchContent({ ...full, ids: full.ids.slice(1) }))).toBe(false);
  });
});

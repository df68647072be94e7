import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { verifyQuorumCertificate } from '../src/consensus/index.ts';
import { unwrap } from '../src/errors.ts';
import { limits } from '../src/limits.ts';
import { encodeRecord } from '../src/records/index.ts';
import type { Effect } from '../src/replica/index.ts';
import { bulkRecord, listingRecord, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
let city: LoneCity;

/** Records with so many actor signatures each, none of them good. */
const signedRecords = (count: number, signatures: number): Uint8Array[] => {
  const actors = Array.from({ length: signatures }, (_, i) => ({
    publicKey: new Uint8Array(32).fill(i + 1),
    signature: new Uint8Array(64).fill(1),
  }));
  return Array.from({ length: count }, (_, i) => {
    const requestId = new Uint8Array(limits.requestIdBytes).fill(i & 255);
    return encodeRecord({ family: 1, type: 1, requestId, body: new Uint8Array(8), actors });
  });
};

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

describe('C3: Notarize', () => {
  it('C3: goes to the first valid block of the leader', () => {
    city.hearProposal(city.block(1));
    expect(city.votes()).toEqual(['notarize 1']);
  });

  it('C3: is said once in a view, whatever else the leader sends', () => {
    city.hearProposal(city.block(1));
    city.hearProposal(city.block(1, { timestampMs: city.nowMs + 5 }));
    city.hearProposal(city.block(1));
    city.hearEntry(city.voices.entry(2, undefined, [listingRecord(crypto, 1)]));
    expect(city.said('vote')).toHaveLength(1);
  });

  it('C3: never follows the own Nullify', () => {
    city.wait(10_000);
    expect(city.votesIn(1)).toEqual(['nullify 1']);
    city.hearProposal(city.block(1, { timestampMs: city.nowMs }));
    expect(city.votesIn(1)).toEqual(['nullify 1']);
  });

  it('C3: is said in the current view only', () => {
    const first = city.block(1);
    city.hearProposal(city.block(2));
    expect(city.votes()).toEqual([]);
    city.hearCertificate(NULLIFY, 1);
    expect(city.votes()).toEqual(['notarize 2']);
    city.hearProposal(first);
    expect(city.votes()).toEqual(['notarize 2']);
  });

  it('C3: is not said for a block that somebody else signed for the leader', () => {
    city.hearProposal(city.block(1, { signer: 2 }));
    expect(city.votes()).toEqual([]);
    expect(city.of('evidence')).toEqual([]);
  });

  it('C3: waits for a notarized parent', () => {
    const parent = city.block(1);
    city.hearProposal(parent);
    city.hearCertificate(NULLIFY, 1);
    city.hearProposal(city.block(2, { parent }));
    expect(city.votesIn(2)).toEqual([]);
    city.hearCertificate(NOTARIZE, 1, parent.digest);
    city.hearEntry(city.voices.entry(3, undefined, [listingRecord(crypto, 1)]));
    expect(city.votesIn(2)).toEqual(['notarize 2']);
  });

  it('C3: does not follow a block beside the notarized one', () => {
    const twin = city.block(1, { timestampMs: city.nowMs + 7 });
    city.hearProposal(twin);
    city.notarized(1);
    city.hearProposal(city.block(2, { parent: twin }));
    expect(city.votesIn(2)).toEqual([]);
  });

  it('C3: waits until all skipped views are nullified', () => {
    city.hearCertificate(NULLIFY, 2);
    city.hearProposal(city.block(3));
    expect(city.votesIn(3)).toEqual([]);
    city.hearCertificate(NULLIFY, 1);
    expect(city.votesIn(3)).toEqual(['notarize 3']);
  });

  it.each([
    [
      'an unknown parent of a view that is not before its own',
      { parentView: 1, parentDigest: new Uint8Array(32).fill(5) },
    ],
    ['a parent of a view that it is not of', { parentView: -1 }],
    ['a height that does not follow its parent', { height: 3 }],
    ['a time before its parent', { timestampMs: 5 }],
    ['a time too far ahead', { timestampMs: Number.MAX_SAFE_INTEGER }],
    [
      'an advance without an entry above the parent',
      { advances: [{ lane: 2, sequence: 0, digest: new Uint8Array(32) }] },
    ],
    [
      'an advance beyond the window of a lane (R5)',
      { advances: [{ lane: 2, sequence: limits.laneWindowEntries + 1, digest: new Uint8Array(32).fill(7) }] },
    ],
  ])('C3: %s is answered with Nullify', (_, wrong) => {
    const parentView = (wrong as { parentView?: number }).parentView;
    const view = parentView === -1 ? 2 : 1;
    if (view === 2) {
      const parent = city.notarized(1);
      city.hearProposal(city.block(2, { parent, parentView: 0 }));
    } else {
      city.hearProposal(city.block(1, wrong));
    }
    expect(city.votesIn(view)).toEqual([`nullify ${view}`]);
  });

  it('C3: time must move forward from the parent by at least a millisecond', () => {
    const parent = city.notarized(1);
    city.hearProposal(city.block(2, { parent, timestampMs: parent.fields.timestampMs }));
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C3: a block may be ahead of the own clock by the allowed drift, and not by a millisecond more', async () => {
    city.hearProposal(city.block(1, { timestampMs: city.nowMs + limits.clockDriftMsMax }));
    expect(city.votesIn(1)).toEqual(['notarize 1']);
    const other = await new LoneCity(federation, crypto).join();
    other.hearProposal(other.block(1, { timestampMs: other.nowMs + limits.clockDriftMsMax + 1 }));
    expect(other.votesIn(1)).toEqual(['nullify 1']);
  });

  it('C3: one millisecond after a parent that is too far ahead is admitted, and no more', async () => {
    const aheadMs = 2 * limits.clockDriftMsMax;
    const parent = city.notarized(1, { timestampMs: city.nowMs + aheadMs });
    city.hearProposal(city.block(2, { parent, timestampMs: city.nowMs + aheadMs + 1 }));
    expect(city.votesIn(2)).toEqual(['notarize 2']);

    const other = await new LoneCity(federation, crypto).join();
    const ahead = other.notarized(1, { timestampMs: other.nowMs + aheadMs });
    other.hearProposal(other.block(2, { parent: ahead, timestampMs: other.nowMs + aheadMs + 2 }));
    expect(other.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C3: nothing is built below the newest final block', () => {
    const parent = city.notarized(1);
    city.finalized(2, { parent });
    city.hearProposal(city.block(3, { parent }));
    expect(city.votesIn(3)).toEqual(['nullify 3']);
  });

  it('C3: waits until all lane bytes are held, fetches them from the leader, and then votes', () => {
    const entry = city.voices.entry(2, undefined, [listingRecord(crypto, 1)]);
    city.hearProposal(city.block(1, { advances: [advanceTo(entry)] }));
    expect(city.votes()).toEqual([]);
    const [request] = city.requests('entries', city.wait(20));
    expect(request?.to).toBe(1);
    city.hearEntry(entry);
    expect(city.votes()).toEqual(['notarize 1']);
  });

  it('C3: an advance must extend the tip of the parent', () => {
    const entries = city.voices.lane(2, [listingRecord(crypto, 1), listingRecord(crypto, 2)]);
    const other = city.voices.lane(2, [listingRecord(crypto, 3)], 2)[0];
    for (const entry of entries) city.hearEntry(entry);
    const parent = city.notarized(1, { advances: other === undefined ? [] : [advanceTo(other)] });
    const second = entries[1];
    if (second === undefined) throw new Error('two entries');
    city.hearProposal(city.block(2, { parent, advances: [advanceTo(second)] }));
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C3: the lane bytes of a cut are capped', () => {
    const kilobytes = (mb: number) => Array.from({ length: mb * 128 }, (_, i) => bulkRecord(crypto, i, 8192));
    const entries = [0, 1, 2, 3].map((lane) => city.voices.entry(lane, undefined, kilobytes(1)));
    const fifth = city.voices.entry(1, entries[1]?.header, kilobytes(1));
    for (const entry of [...entries, fifth]) city.hearEntry(entry);
    const within = entries.map(advanceTo);
    city.hearProposal(city.block(1, { advances: within }));
    expect(city.votesIn(1)).toEqual(['notarize 1']);
    city.hearCertificate(NULLIFY, 1);
    city.hearProposal(city.block(2, { advances: within.map((tip) => (tip.lane === 1 ? advanceTo(fifth) : tip)) }));
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });
});

describe('C3: records of a cut', () => {
  /** Eight full entries of records of a byte each, and one record more. */
  const tiny = () => Array.from({ length: limits.entryRecordsMax }, (_, index) => new Uint8Array([1, index & 255]));
  const full = () => {
    const lanes = [1, 2].map((lane) => {
      const entries = [city.voices.entry(lane, undefined, tiny())];
      while (entries.length < 4) entries.push(city.voices.entry(lane, entries.at(-1)?.header, tiny()));
      return entries;
    });
    const more = city.voices.entry(3, undefined, [new Uint8Array([7])]);
    for (const entry of [...lanes.flat(), more]) city.hearEntry(entry);
    return { tips: lanes.flatMap((entries) => entries.slice(-1)).map(advanceTo), more: advanceTo(more) };
  };

  it('C3: are capped, because records of a few bytes are quickly sent and slowly executed', () => {
    const { tips, more } = full();
    city.hearProposal(city.block(1, { advances: tips }));
    expect(city.votesIn(1)).toEqual(['notarize 1']);
    city.hearCertificate(NULLIFY, 1);
    city.hearProposal(city.block(2, { advances: [...tips, more] }));
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C2: and a leader keeps to it', () => {
    full();
    for (const view of [1, 2, 3]) city.hearCertificate(NULLIFY, view);
    const [block] = city.proposals();
    const counts = (block?.advances ?? []).map(({ lane, sequence }) =>
      lane === 3 ? 1 : sequence * limits.entryRecordsMax,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(
      limits.cutRecordsMax - limits.entryRecordsMax,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(limits.cutRecordsMax);
  });
});

describe('C3: actor signatures of a cut', () => {
  /** Two lanes with all the signatures that a cut may have, and one signature more. */
  const full = () => {
    const count = limits.entrySignaturesMax / limits.actorSignaturesMax;
    const entries = [1, 2].map((lane) => city.voices.entry(lane, undefined, signedRecords(count, 8)));
    const more = city.voices.entry(3, undefined, signedRecords(1, 1));
    for (const entry of [...entries, more]) city.hearEntry(entry);
    return { tips: entries.map(advanceTo), more: advanceTo(more) };
  };

  it('C3: are capped, because each costs a verification', () => {
    const { tips, more } = full();
    city.hearProposal(city.block(1, { advances: tips }));
    expect(city.votesIn(1)).toEqual(['notarize 1']);
    city.hearCertificate(NULLIFY, 1);
    city.hearProposal(city.block(2, { advances: [...tips, more] }));
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C2: and a leader keeps to it', () => {
    full();
    for (const view of [1, 2, 3]) city.hearCertificate(NULLIFY, view);
    expect(city.proposals()[0]?.advances).toHaveLength(2);
  });

  it('C3: and an own entry has at most half of them, so that any fits', () => {
    const count = limits.entrySignaturesMax / limits.actorSignaturesMax;
    const refused = city.of('refused', city.submit(...signedRecords(count, 8), ...signedRecords(1, 1)));
    expect(refused.map(({ error }) => error.code)).toEqual(['BATCH_SIZE']);
    expect(city.of('sealed', city.submit(...signedRecords(count, 8)))).toHaveLength(1);
    expect(2 * limits.entrySignaturesMax).toBeLessThanOrEqual(limits.cutSignaturesMax);
  });
});

describe('C4: Finalize', () => {
  it('C4: at q Notarize the notarization is broadcast, the next view entered and Finalize said', () => {
    const block = city.block(1);
    city.hearProposal(block);
    city.hearVote(1, NOTARIZE, 1, block.digest);
    expect(city.said('certificate')).toEqual([]);
    city.hearVote(2, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(2);
    expect(city.said('certificate', city.wait(10))).toHaveLength(1);
    expect(city.votesIn(1)).toEqual(['notarize 1', 'finalize 1']);
  });

  it('C4: a nullification is broadcast at once, a notarization and a finalization a tenth of Δ later', () => {
    const seen: Uint8Array[] = [];
    const broadcast = (effects: Effect[]) => {
      const certificates = city.said('certificate', effects);
      seen.push(...certificates);
      return certificates.length;
    };
    city.wait(10_000);
    city.hearVote(1, NULLIFY, 1);
    expect(broadcast(city.hearVote(2, NULLIFY, 1))).toBe(1);
    expect(city.view).toBe(2);
    const block = city.block(2, { timestampMs: city.nowMs });
    city.hearProposal(block);
    for (const voter of [1, 2]) expect(broadcast(city.hearVote(voter, NOTARIZE, 2, block.digest))).toBe(0);
    for (const voter of [1, 2]) expect(broadcast(city.hearVote(voter, FINALIZE, 2, block.digest))).toBe(0);
    expect(city.finalizedHeight).toBe(1);
    expect(broadcast(city.wait(9))).toBe(0);
    expect(broadcast(city.wait(1))).toBe(1); // the finalization covers the notarization
    const read = seen.map((bytes) => unwrap(verifyQuorumCertificate({ ...federation, crypto }, bytes)).kind);
    expect(read).toEqual([NULLIFY, FINALIZE]);
  });

  it('C4: is never said after the own Nullify', () => {
    city.wait(1_200);
    expect(city.votesIn(1)).toEqual(['nullify 1']);
    city.notarized(1);
    expect(city.votesIn(1)).toEqual(['nullify 1']);
  });

  it('C4: is not said when the leader equivocated', () => {
    const block = city.block(1);
    city.hearProposal(block);
    city.hearProposal(city.block(1, { timestampMs: city.nowMs + 9 }));
    city.hearCertificate(NOTARIZE, 1, block.digest);
    expect(city.votesIn(1)).toEqual(['notarize 1']);
  });

  it('C4: is not said at or below the last final view, even while its block is still being fetched', () => {
    const first = city.block(1);
    const second = city.block(2, { parent: first });
    city.hearCertificate(FINALIZE, 2, second.digest);
    expect(city.finalizedHeight).toBe(0);
    city.hearCertificate(NOTARIZE, 1, first.digest);
    expect(city.votesIn(1)).toEqual([]);
  });
});

describe('C6: finality', () => {
  it('C6: at q Finalize the block and all its ancestors are final, whatever the current view is', () => {
    const first = city.notarized(1);
    const second = city.notarized(2, { parent: first });
    for (const view of [3, 4, 5]) city.hearCertificate(NULLIFY, view);
    expect(city.view).toBe(6);
    for (const voter of [1, 2]) city.hearVote(voter, FINALIZE, 2, second.digest);
    expect(city.of('finalized').map(({ height }) => height)).toEqual([1, 2]);
    expect(city.view).toBe(6);
  });

  it('C6: fewer than q = n - f is not enough, and a liar’s signature counts for nothing', () => {
    const block = city.block(1);
    city.hearProposal(block);
    const lie = city.voices.voteBytes(2, NOTARIZE, 1, block.digest);
    city.hearVote(1, NOTARIZE, 1, block.digest);
    city.hear(
      'vote',
      lie.map((byte, index) => (index === lie.length - 1 ? byte ^ 1 : byte)),
      2,
    );
    expect(city.view).toBe(1);
    city.hearVote(3, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(2);
  });

  it('C6: a voter whose first signature was wrong may still vote', () => {
    const block = city.block(1);
    city.hearProposal(block);
    const lie = city.voices.voteBytes(2, NOTARIZE, 1, block.digest);
    city.hear(
      'vote',
      lie.map((byte, index) => (index === lie.length - 1 ? byte ^ 1 : byte)),
      2,
    );
    city.hearVote(1, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(1);
    city.hearVote(2, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(2);
  });

  it('C6: two liars who cut one signature off and lend it to the other make no certificate', async () => {
    const seven = await new LoneCity(testFederation(crypto, 7, undefined, 'ed25519'), crypto).join();
    const block = seven.block(1);
    seven.hearProposal(block);
    const [first, second] = [1, 2].map((voter) => seven.voices.vote(voter, NOTARIZE, 1, block.digest));
    if (first === undefined || second === undefined) throw new Error('two votes');
    const lent = new Uint8Array([...first.signature.subarray(63), ...second.signature]);
    seven.hear('vote', seven.voices.encode({ ...first, signature: first.signature.subarray(0, 63) }), 1);
    seven.hear('vote', seven.voices.encode({ ...second, signature: lent }), 2);
    for (const voter of [3, 4]) seven.hearVote(voter, NOTARIZE, 1, block.digest);
    expect(seven.view).toBe(1);
    for (const voter of [5, 6]) seven.hearVote(voter, NOTARIZE, 1, block.digest);
    expect(seven.view).toBe(2);
  });

  it('C6: one voter counts once', () => {
    const block = city.block(1);
    city.hearProposal(block);
    for (let again = 0; again < 5; again++) city.hearVote(1, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(1);
  });

  it('C6: with BLS the votes are checked together, and one by one when the sum is wrong', async () => {
    const bls = await new LoneCity(testFederation(crypto, 7), crypto).join();
    const block = bls.block(1);
    bls.hearProposal(block);
    // Two liars whose signatures are swapped: both are wrong, though their sum is right.
    const first = bls.voices.vote(1, NOTARIZE, 1, block.digest);
    const wrong = bls.voices.vote(2, NULLIFY, 1);
    bls.hearVote(1, NOTARIZE, 1, block.digest);
    bls.hear('vote', bls.voices.encode({ ...first, voter: 2, signature: wrong.signature }), 2);
    for (const voter of [3, 4]) bls.hearVote(voter, NOTARIZE, 1, block.digest);
    expect(bls.view).toBe(1);
    bls.hearVote(5, NOTARIZE, 1, block.digest);
    expect(bls.view).toBe(2);
    const [certificate] = bls.said('certificate', bls.wait(10));
    const reader = await new LoneCity(testFederation(crypto, 7), crypto, 6).join();
    reader.hear('certificate', certificate ?? new Uint8Array(0), 0);
    expect(reader.view).toBe(2);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import type { BlockCheckpoint } from '../src/consensus/block.ts';
import { listingRecord, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY, type SaidBlock } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
let city: LoneCity;
/** Final block of view 1 with one record. */
let first: SaidBlock;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
  const entry = city.voices.entry(2, undefined, [listingRecord(crypto, 1)]);
  city.hearEntry(entry);
  first = city.finalized(1, { advances: [advanceTo(entry)] });
});

function stateAt(height: number, of: LoneCity = city): BlockCheckpoint {
  const state = of.replica.ledger.checkpoint(height);
  if (state === undefined) throw new Error(`height ${height} is not executed`);
  const { historySize, historyRoot, stateRoot } = state;
  return { height, historySize, historyRoot, stateRoot, nextAuthoritySet: new Uint8Array(0) };
}

describe('C11: checkpoints', () => {
  it('C11: name the own executed state of a final height, with any lag', () => {
    const second = city.finalized(2, { parent: first, checkpoint: stateAt(0) });
    expect(city.votesIn(2)).toEqual(['notarize 2', 'finalize 2']);
    city.finalized(3, { parent: second, checkpoint: stateAt(1) });
    expect(city.votesIn(3)).toEqual(['notarize 3', 'finalize 3']);
    expect(city.of('checkpointed').at(-1)?.height).toBe(1);
    expect(city.replica.proofBase()?.checkpointHeight).toBe(1);
  });

  it.each([
    ['another state root', { stateRoot: new Uint8Array(32).fill(1) }],
    ['another history root', { historyRoot: new Uint8Array(32).fill(1) }],
    ['another history size', { historySize: 7 }],
  ])('C11: %s is answered with Nullify', (_, wrong) => {
    city.hearProposal(city.block(2, { parent: first, checkpoint: { ...stateAt(1), ...wrong } }));
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C11: a height beyond the parent is answered with Nullify, without waiting for it', () => {
    city.hearProposal(city.block(2, { parent: first, checkpoint: { ...stateAt(1), height: 2 } }));
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C11: a height behind that of the parent is answered with Nullify', () => {
    const second = city.notarized(2, { parent: first, checkpoint: stateAt(1) });
    city.hearProposal(city.block(3, { parent: second, checkpoint: stateAt(0) }));
    expect(city.votesIn(3)).toEqual(['nullify 3']);
  });

  it('C11: about a height that is not executed here the city waits', () => {
    const missing = city.voices.entry(3, undefined, [listingRecord(crypto, 2)]);
    const second = city.block(2, { parent: first, advances: [advanceTo(missing)] });
    city.hearProposal(second);
    city.hearCertificate(NOTARIZE, 2, second.digest);
    city.hearCertificate(FINALIZE, 2, second.digest);
    expect(city.replica.status()).toMatchObject({ finalizedHeight: 2, executedHeight: 1, behind: true });
    city.hearProposal(city.block(3, { parent: second, checkpoint: { ...stateAt(1), height: 2 } }));
    expect(city.votesIn(3)).toEqual([]);
    city.hearEntry(missing);
    expect(city.votesIn(3)).toEqual(['nullify 3']); // its roots were those of height 1
  });

  it('C11: a notarized checkpoint that contradicts the own state is an alarm: voting stops, the data stays', () => {
    const wrong = { ...stateAt(1), stateRoot: new Uint8Array(32).fill(9) };
    city.hearCertificate(NULLIFY, 2);
    const block = city.block(3, { parent: first, checkpoint: wrong });
    city.hearCertificate(NOTARIZE, 3, block.digest);
    expect(city.alarms()).toEqual([]);
    city.hearProposal(block);
    expect(city.alarms()).toEqual(['STATE_DIVERGED']);
    expect(city.replica.status()).toMatchObject({ halted: true, executedHeight: 1 });
    city.effects.length = 0;
    city.hearProposal(city.block(4, { parent: block, checkpoint: wrong }));
    city.wait(10_000);
    expect(city.votes()).toEqual([]);
    expect(city.replica.ledger.checkpoint(1)).toBeDefined();
  });

  it('C11: a final checkpoint that contradicts the state reached later is an alarm too', () => {
    const missing = city.voices.entry(3, undefined, [listingRecord(crypto, 2)]);
    const second = city.finalized(2, { parent: first, advances: [advanceTo(missing)] });
    city.finalized(3, { parent: second, checkpoint: { ...stateAt(1), height: 2 } });
    expect(city.alarms()).toEqual([]);
    city.hearEntry(missing);
    expect(city.replica.status().executedHeight).toBe(3);
    expect(city.alarms()).toEqual(['STATE_DIVERGED']);
  });
});

describe('C12: epochs', () => {
  it('C12: a proposal of another epoch is refused', () => {
    city.hearProposal(city.block(2, { parent: first, epoch: 1 }));
    expect(city.votesIn(2)).toEqual([]);
    city.hearProposal(city.block(2, { parent: first, checkpoint: stateAt(1) }));
    expect(city.votesIn(2)).toEqual(['notarize 2']);
    expect(city.of('evidence')).toEqual([]);
  });

  it('C12: votes of another epoch are refused', () => {
    const digest = new Uint8Array(32).fill(3);
    for (const voter of [1, 2, 3]) city.hearVote(voter, NOTARIZE, 2, digest, 1);
    for (const voter of [1, 2, 3]) city.hearVote(voter, FINALIZE, 2, city.block(2).digest, 1);
    expect(city.view).toBe(2);
    for (const voter of [1, 2, 3]) city.hearVote(voter, NOTARIZE, 2, city.block(2, { timestampMs: 1 }).digest);
    expect(city.view).toBe(3);
    expect(city.of('evidence')).toEqual([]);
  });

  it('C12: certificates of another epoch are refused', () => {
    city.hear('certificate', city.voices.certificate(NULLIFY, 2, undefined, { epoch: 1 }));
    expect(city.view).toBe(2);
    expect(
      city.replica.verifyGossip(
        'final',
        city.voices.frame('certificate', city.voices.certificate(NULLIFY, 2, undefined, { epoch: 1 })),
      ),
    ).toBe('ignore');
  });

  it('C12: entries of another epoch are refused', () => {
    const entry = city.voices.entry(3, undefined, [listingRecord(crypto, 5)]);
    city.hear('entry', city.voices.forgedEntry(entry, {}, 1), 3);
    expect(city.replica.status().lanes[3]?.held).toBe(0);
    city.hear('entry', city.voices.forgedEntry(entry, {}, 0), 3);
    expect(city.replica.status().lanes[3]?.held).toBe(1);
  });

  it('C12: a block that names a next authority set that the ledger has not decided is refused', () => {
    const checkpoint = { ...stateAt(1), nextAuthoritySet: new Uint8Array(32).fill(1) };
    city.hearProposal(city.block(2, { parent: first, checkpoint }));
    city.wait(50);
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });
});

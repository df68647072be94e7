import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { toHex } from '../src/bytes.ts';
import { listingRecord, TIMING, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const { deltaMs, resendMs } = TIMING as Required<typeof TIMING>;
const record = (number: number) => listingRecord(crypto, number);
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

/** What was flushed before each broadcast of a kind: every own word must be among it. */
function expectDurableBeforeSaid(it: LoneCity): number {
  const durable = new Set<string>();
  let pending: string[] = [];
  let said = 0;
  for (const effect of it.effects) {
    if (effect.kind === 'persist') {
      pending.push(...effect.writes.flatMap(({ value }) => (value === undefined ? [] : [toHex(value)])));
      if (effect.flush) {
        for (const value of pending) durable.add(value);
        pending = [];
      }
    }
    if (effect.kind !== 'broadcast' && effect.kind !== 'publish') continue;
    for (const kind of ['vote', 'proposal', 'certificate', 'entry'] as const) {
      if (kind === 'entry' && effect.kind === 'broadcast') continue; // an announcement: the header of an entry
      for (const payload of it.said(kind, [{ ...effect, kind: 'broadcast', channel: 'consensus' }])) {
        said += 1;
        expect(durable.has(toHex(payload)), `${kind} is durable before it is said`).toBe(true);
      }
    }
  }
  return said;
}

/** The process dies and comes back with what was durable. */
async function restart(it: LoneCity, downMs = 0): Promise<LoneCity> {
  const again = new LoneCity(federation, crypto);
  again.store = it.store;
  again.nowMs = it.nowMs + downMs;
  return again.join();
}

describe('C9: persist, flush, then send', () => {
  it('C9: own entries, proposals, votes and certificates are durable before they leave', () => {
    city.submit(record(1));
    const first = city.finalized(1);
    city.hearCertificate(NULLIFY, 2);
    city.hearCertificate(NULLIFY, 3);
    city.hearVote(1, NOTARIZE, 4);
    expect(city.proposals()).toMatchObject([{ view: 4, parent: first.digest }]);
    city.wait(5 * deltaMs);
    expect(expectDurableBeforeSaid(city)).toBeGreaterThanOrEqual(7);
  });

  it('C9: own votes re-enter the local tally after a restart', async () => {
    const block = city.block(1);
    city.hearProposal(block);
    city.hearVote(1, NOTARIZE, 1, block.digest);
    const again = await restart(city);
    again.hearVote(1, NOTARIZE, 1, block.digest);
    expect(again.view).toBe(1);
    again.hearVote(2, NOTARIZE, 1, block.digest);
    expect(again.view).toBe(2);
  });

  it('C9: a vote is not given twice, nor taken back, by a restart', async () => {
    city.hearProposal(city.block(1));
    const again = await restart(city);
    again.hearProposal(again.block(1, { timestampMs: again.nowMs + 9 }));
    expect(again.votes()).toEqual([]);
    again.submit(record(1));
    again.wait(3 * deltaMs);
    expect(again.votesIn(1)).toContain('nullify 1');
    const third = await restart(again);
    third.hearCertificate(NOTARIZE, 1, city.block(1).digest);
    third.wait(3 * deltaMs);
    expect(third.votesIn(1)).not.toContain('finalize 1');
  });

  it('C9: a leader does not propose twice in a view after a restart', async () => {
    city.submit(record(1));
    for (const view of [1, 2, 3]) city.hearCertificate(NULLIFY, view);
    expect(city.said('proposal')).toHaveLength(1);
    const again = await restart(city, 5);
    again.submit(record(2));
    expect(again.view).toBe(4);
    again.wait(4 * deltaMs);
    for (const proposal of again.said('proposal')) expect(proposal).toEqual(city.said('proposal')[0]);
  });

  it('C9: certificates are there again after a restart, and timers are armed again', async () => {
    const block = city.notarized(1);
    city.submit(record(1));
    city.wait(2 * deltaMs);
    expect(city.votesIn(2)).toEqual(['nullify 2']);
    const again = await restart(city);
    expect(again.view).toBe(2);
    const sent = again.wait(resendMs);
    expect(again.votes(sent)).toEqual(['nullify 2']);
    expect(again.said('certificate', sent)).toEqual([city.voices.certificate(NOTARIZE, 1, block.digest)]);
    expect(again.timers.has('resync')).toBe(true);
  });

  it('C9: a finalization whose block was not here yet is followed up after a restart', async () => {
    const block = city.block(1);
    city.hearCertificate(FINALIZE, 1, block.digest);
    expect(city.finalizedHeight).toBe(0);
    const again = await restart(city);
    expect(again.requests('block')).toHaveLength(1);
  });

  it('C9: recovery gives the live state: lanes, finality, roots, what is owed', async () => {
    const entries = city.voices.lane(2, [record(1), record(2), record(3)]);
    for (const entry of entries) city.hearEntry(entry);
    city.submit(record(4));
    const first = city.finalized(1, { advances: entries.slice(0, 2).slice(-1).map(advanceTo) });
    const second = city.finalized(2, { parent: first, checkpoint: checkpointOf(city, 1) });
    city.notarized(3, { parent: second });
    const again = await restart(city);
    const { view, joined, ...live } = city.replica.status();
    expect(again.replica.status()).toMatchObject({
      ...live,
      lanes: live.lanes.map(({ heardInView: _, ...lane }) => lane),
    });
    expect([again.view, again.replica.status().joined]).toEqual([view, joined]);
    expect(again.replica.ledger.checkpoint()).toEqual(city.replica.ledger.checkpoint());
    expect(again.replica.proofBase()).toEqual(city.replica.proofBase());
    expect(city.replica.proofBase()?.checkpointHeight).toBe(1);
  });

  it('C9: a damaged store is said to be damaged', async () => {
    city.finalized(1);
    const { keys } = await import('../src/replica/index.ts');
    city.store.write([{ key: keys.block(1), value: new Uint8Array([1, 2, 3]) }]);
    await expect(restart(city)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });
});

function checkpointOf(it: LoneCity, height: number) {
  const state = it.replica.ledger.checkpoint(height);
  if (state === undefined) throw new Error(`height ${height} is not executed`);
  const { historySize, historyRoot, stateRoot } = state;
  return { height, historySize, historyRoot, stateRoot, nextAuthoritySet: new Uint8Array(0) };
}

import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { limits } from '../src/limits.ts';
import { listingRecord, TIMING, testFederation } from './cities.ts';
import { LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const { deltaMs, idleIntervalMs, resendMs, resyncMs } = TIMING as Required<typeof TIMING>;
const record = (number: number) => listingRecord(crypto, number);
let city: LoneCity;

/** The city is the leader of views 4, 8, ... */
async function leader(): Promise<LoneCity> {
  const it = await new LoneCity(federation, crypto).join();
  for (const view of [1, 2, 3]) it.hearCertificate(NULLIFY, view);
  return it;
}

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

describe('C1: a view is entered', () => {
  it.each([
    ['notarization', NOTARIZE],
    ['nullification', NULLIFY],
    ['finalization', FINALIZE],
  ])('C1: on a %s of the view before', (_, kind) => {
    const block = kind === NULLIFY ? undefined : city.block(7);
    expect(city.view).toBe(1);
    city.hearCertificate(kind, 7, block?.digest);
    expect(city.view).toBe(8);
  });

  it('C1: and never left backwards', () => {
    city.hearCertificate(NULLIFY, 7);
    city.hearCertificate(NULLIFY, 3);
    expect(city.view).toBe(8);
  });
});

describe('C2: a leader proposes', () => {
  it('C2: at once when a lane is ahead of the parent’s cut', async () => {
    city.submit(record(1));
    city.hearCertificate(NULLIFY, 1);
    city.hearCertificate(NULLIFY, 2);
    expect(city.proposals()).toEqual([]);
    city.hearCertificate(NULLIFY, 3);
    expect(city.proposals()).toMatchObject([
      { view: 4, height: 1, parentView: 0, advances: [{ lane: 0, sequence: 1 }] },
    ]);
    expect(city.votesIn(4)).toEqual(['notarize 4']);
  });

  it('C2: after the idle interval when there is nothing to agree on, and at once when something comes', async () => {
    const idle = await leader();
    idle.wait(idleIntervalMs - 1);
    expect(idle.proposals()).toEqual([]);
    idle.wait(1);
    expect(idle.proposals()).toMatchObject([{ view: 4, advances: [] }]);
    const woken = await leader();
    woken.wait(10);
    woken.hearEntry(woken.voices.entry(3, undefined, [record(1)]));
    expect(woken.proposals()).toMatchObject([{ view: 4, advances: [{ lane: 3, sequence: 1 }] }]);
  });

  it('C2: soon when the parent’s checkpoint is behind the last non-empty height', async () => {
    const entry = city.voices.entry(2, undefined, [record(1)]);
    city.hearEntry(entry);
    const { lane, sequence, digest } = entry.header;
    city.hearCertificate(NULLIFY, 1);
    city.hearCertificate(NULLIFY, 2);
    city.finalized(3, { advances: [{ lane, sequence, digest }] });
    expect(city.proposals()).toEqual([]);
    city.wait(deltaMs / 20);
    expect(city.proposals()).toMatchObject([{ view: 4, height: 2, advances: [], checkpoint: { height: 1 } }]);
  });

  it('C2: after Δ/4 when the state that it is to prove is not executed by then', () => {
    const entry = city.voices.entry(2, undefined, [record(1)]);
    city.hearEntry(entry);
    const { lane, sequence, digest } = entry.header;
    for (const view of [1, 2]) city.hearCertificate(NULLIFY, view);
    city.notarized(3, { advances: [{ lane, sequence, digest }] });
    city.wait(deltaMs / 4 - 1);
    expect(city.proposals()).toEqual([]);
    city.wait(1);
    expect(city.proposals()).toMatchObject([{ view: 4, height: 2, checkpoint: { height: 0 } }]);
  });

  it('C2: on the highest notarized parent that it holds', async () => {
    const first = city.notarized(1);
    city.hearCertificate(NULLIFY, 2);
    city.hearCertificate(NULLIFY, 3);
    city.wait(idleIntervalMs);
    expect(city.proposals()).toMatchObject([{ view: 4, height: 2, parentView: 1, parent: first.digest }]);
  });

  it('C2: never while a nullification between is missing', async () => {
    city.submit(record(1));
    city.hearCertificate(NULLIFY, 1);
    city.hearCertificate(NULLIFY, 3);
    expect(city.view).toBe(4);
    expect(city.proposals()).toEqual([]);
    city.hearCertificate(NULLIFY, 2);
    expect(city.proposals()).toMatchObject([{ view: 4 }]);
  });

  it('C2: once in a view, and not in views of others', async () => {
    const it = await leader();
    it.submit(record(1));
    for (let more = 2; more < 6; more++) it.submit(record(more));
    it.wait(deltaMs);
    expect(it.said('proposal')).toHaveLength(1);
    it.hearCertificate(NULLIFY, 4);
    it.wait(deltaMs);
    expect(it.proposals().filter(({ view }) => view !== 4)).toEqual([]);
  });
});

describe('C5: Nullify', () => {
  it('C5: after 2Δ without a proposal, when there is work', () => {
    city.submit(record(1));
    city.wait(2 * deltaMs - 1);
    expect(city.votes()).toEqual([]);
    city.wait(1);
    expect(city.votes()).toEqual(['nullify 1']);
  });

  it('C5: after 3Δ without a notarization', () => {
    city.submit(record(1));
    city.hearProposal(city.block(1));
    city.wait(3 * deltaMs - 1);
    expect(city.votes()).toEqual(['notarize 1']);
    city.wait(1);
    expect(city.votes()).toEqual(['notarize 1', 'nullify 1']);
  });

  it('C5: never after the own Finalize', () => {
    city.notarized(1);
    city.hearProposal(city.block(1, { timestampMs: 1 }));
    city.wait(10 * deltaMs);
    expect(city.votesIn(1)).toEqual(['notarize 1', 'finalize 1']);
  });

  it('C5: never after the own Finalize, not even when a restart finds the city in that view', async () => {
    const block = city.block(1);
    const vote = city.voices.voteBytes(0, FINALIZE, 1, block.digest);
    const later = new LoneCity(federation, crypto);
    const { keys } = await import('../src/replica/index.ts');
    later.store.write([{ key: keys.vote(0, 1, FINALIZE), value: vote }]);
    await later.join();
    expect(later.view).toBe(1);
    later.submit(record(1));
    later.hearVote(1, NULLIFY, 1); // the leader gave up: C5 would nullify at once
    later.wait(10 * deltaMs);
    expect(later.votesIn(1)).not.toContain('nullify 1');
  });

  it('C5: when the leader itself nullified, at once', () => {
    city.hearVote(2, NULLIFY, 1);
    expect(city.votes()).toEqual([]);
    city.hearVote(1, NULLIFY, 1);
    expect(city.votes()).toEqual(['nullify 1']);
  });

  it('C5: when the leader nullified a view before this city came there', () => {
    city.hearVote(2, NULLIFY, 2);
    expect(city.votes()).toEqual([]);
    city.hearCertificate(NULLIFY, 1);
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C5: at once for a leader who was silent for two rounds while a quorum is active', () => {
    // Authorities 1 and 3 take part in views 1 to 10; authority 2, the leader of views 2, 6 and 10, never does.
    for (let view = 1; view < 10; view++) {
      for (const voter of [1, 3]) city.hearVote(voter, NULLIFY, view);
      city.hearCertificate(NULLIFY, view);
    }
    expect(city.view).toBe(10);
    expect(city.votesIn(10)).toEqual(['nullify 10']);
    expect(city.votesIn(6)).toEqual([]);
  });

  it('C5, R6: silence counts from the join: a restarted city skips no leader whom it could not hear', async () => {
    for (let view = 1; view < 101; view++) city.hearCertificate(NULLIFY, view);
    const again = new LoneCity(federation, crypto);
    again.store = city.store;
    await again.join();
    for (let view = 101; view < 106; view++) {
      for (const voter of [2, 3]) again.hearVote(voter, NULLIFY, view);
      again.hearCertificate(NULLIFY, view);
    }
    expect(again.votesIn(105)).toEqual([]); // led by 1, who was not heard since the join
    for (let view = 106; view < 113; view++) {
      for (const voter of [2, 3]) again.hearVote(voter, NULLIFY, view);
      again.hearCertificate(NULLIFY, view);
    }
    expect(again.votesIn(113)).toEqual(['nullify 113']);
  });

  it('C5: but not while no quorum is active: then the fault may be this city’s own', () => {
    for (let view = 1; view < 10; view++) city.hearCertificate(NULLIFY, view);
    expect(city.votesIn(10)).toEqual([]);
  });
});

describe('C7: lost messages', () => {
  it('C7: the own Nullify and the certificate for entering the view are sent again every t_r', () => {
    const parent = city.finalized(1);
    city.hearCertificate(NULLIFY, 2);
    city.hearVote(3, NULLIFY, 3);
    expect(city.votesIn(3)).toEqual(['nullify 3']);
    city.wait(resendMs - 1);
    city.effects.length = 0;
    const first = city.wait(1);
    expect(city.votes(first)).toEqual(['nullify 3']);
    expect(city.said('certificate', first)).toEqual([city.voices.certificate(NULLIFY, 2)]);
    expect(city.votes(city.wait(resendMs))).toContain('nullify 3');
    expect(parent.fields.view).toBe(1);
  });

  it('C7: every T_s without finality: the newest finalization, own votes and certificates above it', () => {
    const first = city.finalized(1);
    const second = city.notarized(2, { parent: first });
    city.wait(resyncMs - 1);
    const again = city.wait(1);
    expect(city.votes(again)).toEqual(['notarize 2', 'finalize 2']);
    expect(city.said('certificate', again)).toEqual([
      city.voices.certificate(FINALIZE, 1, first.digest),
      city.voices.certificate(NOTARIZE, 2, second.digest),
    ]);
    expect(city.votes(city.wait(resyncMs))).toContain('finalize 2');
  });

  it('C7: a resync is capped in bytes, newest views first, whatever came up in between', () => {
    for (let view = 1; view < 500; view++) city.hearCertificate(NULLIFY, view);
    city.hearVote(500 % 4, NULLIFY, 500);
    const again = city.wait(resyncMs);
    const bytes = [...city.said('certificate', again), ...city.said('vote', again)].reduce(
      (sum, m) => sum + m.length,
      0,
    );
    expect(bytes).toBeGreaterThan(limits.resyncBytesMax / 2);
    expect(bytes).toBeLessThanOrEqual(2 * limits.resyncBytesMax);
    expect(city.said('certificate', again)).toContainEqual(city.voices.certificate(NULLIFY, 499));
    expect(city.said('certificate', again)).not.toContainEqual(city.voices.certificate(NULLIFY, 1));
  });

  it('C7: own entries that are not final are announced again', () => {
    city.submit(record(1));
    city.wait(2 * deltaMs);
    expect(city.votes()).toEqual(['nullify 1']);
    expect(city.said('entry')).toEqual([]);
    city.wait(resyncMs);
    expect(city.said('entry')).toHaveLength(1);
  });

  it('C7: nothing is sent again while nothing is unsettled', () => {
    city.finalized(1);
    city.wait(idleIntervalMs - 1);
    city.effects.length = 0;
    expect(city.timers.has('resync')).toBe(false);
  });
});

describe('C8: timeouts', () => {
  /** How long after entering a view the city nullifies it, with work at hand. */
  function patience(it: LoneCity, view: number): number {
    const fromMs = it.nowMs;
    while (!it.votesIn(view).includes(`nullify ${view}`)) {
      const dueMs = it.timers.get('view');
      if (dueMs === undefined) return Number.POSITIVE_INFINITY;
      it.wait(dueMs - it.nowMs);
    }
    return it.nowMs - fromMs;
  }

  it('C8: grow by a factor per view without finality, up to the cap', () => {
    city.submit(record(1));
    const waited: number[] = [];
    for (let view = 1; view <= 13; view++) {
      if (view % 4 === 0) city.wait(3 * 2000);
      else waited.push(patience(city, view));
      city.hearCertificate(NULLIFY, view);
    }
    expect(waited.slice(0, 5)).toEqual([200, 200, 300, 675, 1013]);
    expect(waited.at(-1)).toBe(2000);
  });

  it('C8: shrink again only when something becomes final', () => {
    city.submit(record(1));
    for (let view = 1; view <= 9; view++) city.hearCertificate(NULLIFY, view);
    const block = city.notarized(10);
    expect(patience(city, 11)).toBe(2000);
    const other = new LoneCity(federation, crypto);
    return other.join().then(() => {
      other.submit(record(1));
      for (let view = 1; view <= 9; view++) other.hearCertificate(NULLIFY, view);
      other.notarized(10);
      other.hearCertificate(FINALIZE, 10, block.digest);
      expect(other.finalizedHeight).toBe(1);
      expect(patience(other, 11)).toBe(2 * deltaMs);
    });
  });

  it('C8: a view without work waits for the idle interval more, and new work shortens that', async () => {
    expect(patience(city, 1)).toBe(idleIntervalMs + 2 * deltaMs);
    const woken = await new LoneCity(federation, crypto).join();
    woken.wait(50);
    woken.hearEntry(woken.voices.entry(3, undefined, [record(1)]));
    expect(patience(woken, 1)).toBe(2 * deltaMs);
  });
});

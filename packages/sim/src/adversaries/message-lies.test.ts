import { limits } from '@hansa/protocol';
import { VoteKind } from '@hansa/protocol/consensus';
import { splitEnvelope } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import { allOf, expectUnharmed, federations, type LiarRun, runLiars } from '../../test/liars.ts';
import { countsSaid, votesSaid } from '../../test/lies.ts';
import type { SimWorld } from '../world/sim-world.ts';
import { readReply } from './sync-words.ts';

describe.each(federations)('lying messages: liars $liars of $cities cities', ({ cities, liars }) => {
  const run = (strategy: string, options?: Parameters<typeof allOf>[2], more = {}) =>
    runLiars({ cities, adversary: allOf(strategy, liars, options), ...more });
  /** An honest city is away for a while, with an empty or an old store when it comes back. */
  const away = (lose: 'unflushed' | 'everything') => (world: SimWorld) => {
    world.at(900_000, () => world.crash(cities - 1, { lose }));
    world.at(2_000_000, () => world.restart(cities - 1));
  };

  it('C5: a silent city is done without', async () => {
    const result = await run('silent');
    expect(result.said).toEqual([]);
    expectUnharmed(result);
    expect(result.liarsRecords).toEqual([]);
  });

  it.each(['proposal', 'vote', 'certificate', 'entry', 'vote, reply'])(
    'C5, C7, G2: so is one that never says %s',
    async (kinds) => {
      const result = await run('silent', { kinds, deaf: kinds === 'certificate' }, { prepare: away('unflushed') });
      const counts = countsSaid(result);
      for (const kind of kinds.split(', ')) expect(counts).not.toHaveProperty(kind);
      expect(Object.keys(counts).length).toBeGreaterThan(2);
      expectUnharmed(result);
    },
  );

  it.each(['below', 'above', 'straddle'])(
    'C5, C8: what comes just before or after the timeout (%s) stops nobody',
    async (timing) => {
      const result = await run('delayer', { timing });
      const lateUs = proposalDelaysUs(result);
      expect(lateUs.length).toBeGreaterThan(2);
      const timeoutUs = 2 * result.world.settled.parameters.deltaMs * 1000;
      if (timing !== 'above') expect(lateUs.some((us) => us > 0.8 * timeoutUs && us < timeoutUs)).toBe(true);
      if (timing !== 'below') expect(lateUs.some((us) => us > timeoutUs)).toBe(true);
      expectUnharmed(result);
      expect(result.evidence).toEqual([]);
    },
  );

  it('R1, R2, G1: what was said before, or elsewhere with the same keys, is not believed again', async () => {
    const result = await run('replayer', { times: 4 });
    const certificates = result.said.filter(({ speech }) => speech.kind === 'certificate');
    expect(countsSaid(result).unknown, 'messages of the other federation').toBeGreaterThan(20);
    expect(certificates.length).toBeGreaterThan(votesSaid(result, VoteKind.NOTARIZE).length / 2);
    expectUnharmed(result);
    expect(result.evidence).toEqual([]);
    expect(new Set(result.liarsRecords)).toEqual(new Set([undefined]));
  });

  it('R1, G1, G2: garbage at every door breaks nothing', async () => {
    const result = await run('garbage', { rate: 0.9 }, { prepare: away('unflushed') });
    const broken = result.said.filter(
      ({ path, bytes }) => path !== 'reply' && path !== 'request' && !splitEnvelope(bytes).ok,
    );
    expect(broken.length).toBeGreaterThan(20);
    expect(broken.some(({ bytes }) => bytes.length > limits.frameBytesMax)).toBe(true);
    expect(broken.some(({ bytes }) => bytes.length === 0)).toBe(true);
    // Kept away from direct streams, it makes little that gossip would spread as final.
    expect([...new Set(broken.map(({ path }) => path))]).toEqual(expect.arrayContaining(['consensus', 'lanes']));
    expect(new Set(result.misbehaved.map(({ from }) => from)).size).toBeGreaterThan(0);
    expectUnharmed(result);
    expect(result.evidence).toEqual([]);
  });

  it('R3, C3, C6, C10, G1: nobody is believed in another’s name', async () => {
    const result = await run('impersonator');
    const foreign = result.said.filter(({ from, speech }) => {
      const self = result.world.nodes[from]?.authority;
      if (speech.kind === 'vote') return speech.vote.voter !== self;
      return speech.kind === 'entry' && speech.entry.header.lane !== self;
    });
    expect(foreign.length).toBeGreaterThan(50);
    expectUnharmed(result);
    expect(result.evidence).toEqual([]);
  });

  it('C10, R4, L1: false accusations convict nobody, by message or on the ledger', async () => {
    const result = await run('false-accuser');
    expect(countsSaid(result).evidence).toBeGreaterThan(100);
    expectUnharmed(result);
    expect(result.evidence).toEqual([]);
    expect(result.liarsRecords).toContain('EVIDENCE_SIGNATURE_INVALID');
    for (const city of result.honest) {
      const lanes = result.world.nodes[city]?.replica?.status().lanes ?? [];
      expect(lanes.filter(({ quarantined }) => quarantined)).toEqual([]);
    }
  });

  it.each(['wrong', 'empty', 'refused', 'stale', 'slow', 'turns'])(
    'G2, G3: false answers (%s) do not keep a city from catching up',
    async (answers) => {
      const result = await run('sync-liar', { answers }, { prepare: away('unflushed'), rounds: 12 });
      const replies = result.said.filter(({ path }) => path === 'reply');
      expect(replies.length).toBeGreaterThan(cities - 1);
      if (answers === 'empty') expect(replies.every(({ bytes }) => bytes.length === 0)).toBe(true);
      if (answers === 'refused') expect(replies.every(({ bytes }) => readReply(bytes)?.kind === 'refusal')).toBe(true);
      expectUnharmed(result);
    },
  );
});

/** From the first word of a view by anybody honest to the arrival of a liar's proposal in it. */
function proposalDelaysUs({ said, world }: LiarRun): number[] {
  return said.flatMap(({ atUs, speech }) =>
    speech.kind === 'proposal' ? [atUs - speech.block.timestampMs * 1000 + world.startMs * 1000] : [],
  );
}

import { limits } from '@hansa/protocol';
import { VoteKind } from '@hansa/protocol/consensus';
import { describe, expect, it } from 'vitest';
import { allOf, expectFoundOut, expectUnharmed, federations, runLiars } from '../../test/liars.ts';
import { blocksSaid, contradictions, countsSaid, votesSaid } from '../../test/lies.ts';

describe.each(federations)('a lying voter: liars $liars of $cities cities', ({ cities, liars }) => {
  const run = (strategy: string, options?: Parameters<typeof allOf>[2], more = {}) =>
    runLiars({ cities, adversary: allOf(strategy, liars, options), ...more });

  it('C4, C10: a voter who tells each half another vote is found out by what the halves show each other', async () => {
    const result = await run('equivocator', { as: 'voter' });
    expect(contradictions(result).filter((each) => each.endsWith('two Notarize')).length).toBeGreaterThan(10);
    expectUnharmed(result);
  });

  it.each([
    ['all', 'two Notarize'],
    ['notarize', 'two Notarize'],
    ['finalize', 'two Finalize'],
  ])('C10: a conflicter (%s) convicts itself', async (votes, what) => {
    const result = await run('conflicter', { votes });
    expect(contradictions(result).filter((each) => each.endsWith(what)).length).toBeGreaterThan(10);
    expectUnharmed(result);
    // Whose second Finalize comes when the view is final is not looked at any more.
    expectFoundOut(result, votes === 'finalize' ? liars.slice(0, 1) : liars, 'conflicting-votes');
  });

  it.each([true, false])(
    'C4, C5, C10: a nuller (eager: %s) costs its own views only, and convicts itself',
    async (eager) => {
      const result = await run('nuller', { eager });
      expect(contradictions(result).filter((each) => each.endsWith('Finalize and Nullify')).length).toBeGreaterThan(5);
      expectUnharmed(result);
      const [first] = liars;
      expectFoundOut(result, [first], 'conflicting-votes');
      if (eager) expect(finalViewsLedBy(result.finalBlocks, cities, liars)).toEqual([]);
    },
  );

  it('C5: who only nullifies stops nobody, and cannot be convicted', async () => {
    const result = await run('nullify-only');
    const { vote = 0, proposal = 0, certificate = 0 } = countsSaid(result);
    expect([proposal, certificate, vote]).toEqual([0, 0, votesSaid(result, VoteKind.NULLIFY).length]);
    expect(vote).toBeGreaterThan(20);
    expectUnharmed(result);
    expect(result.evidence).toEqual([]);
    expect(finalViewsLedBy(result.finalBlocks, cities, liars)).toEqual([]);
  });

  it('C3, C6: words of the past change nothing', async () => {
    const result = await run('outdated', { age: 3 });
    const views = result.said.flatMap(({ speech }) => (speech.kind === 'vote' ? [speech.vote.statement.view] : []));
    const newest = Math.max(...result.honest.map((city) => result.world.nodes[city]?.replica?.view ?? 0));
    expect(views.length).toBeGreaterThan(20);
    expect(Math.max(...views)).toBeLessThanOrEqual(newest - 3);
    expectUnharmed(result);
  });

  it('C2, G1: the next leader, hunted, still leads', async () => {
    const result = await run('leader-hunter', { flood: 40 });
    const aheadBy = votesSaid(result, VoteKind.NOTARIZE).map(({ speech }) =>
      speech.kind === 'vote' ? speech.vote.statement.view : 0,
    );
    const newest = Math.max(...result.honest.map((city) => result.world.nodes[city]?.replica?.view ?? 0));
    expect(Math.max(...aheadBy)).toBeGreaterThan(newest + limits.futureViewsMax / 2);
    expectUnharmed(result);
    expect(new Set(blocksSaid(result).values()).size).toBeGreaterThan(0);
    expect(finalViewsLedBy(result.finalBlocks, cities, result.honest).length).toBeGreaterThan(5);
  });
});

/** Views of final blocks whose leader is one of these. */
function finalViewsLedBy(
  blocks: readonly { readonly view: number }[],
  cities: number,
  leaders: readonly number[],
): number[] {
  return blocks.map(({ view }) => view).filter((view) => leaders.includes(view % cities));
}

import { equalBytes } from '@hansa/protocol';
import { describe, expect, it } from 'vitest';
import { runLiars } from '../../test/liars.ts';
import { builtinStrategies } from './catalogue.ts';
import type { Coordinator, StrategyFactory } from './contract.ts';
import { registerStrategy } from './registry.ts';

/** Runs a strategy that only watches, on the cities 1 and 2 of 7. */
async function watching(factory: StrategyFactory, rounds = 6) {
  const strategies = registerStrategy(builtinStrategies, 'watcher', factory);
  const link = { latency: { kind: 'uniform' as const, min: '2ms', max: '30ms' } };
  return runLiars({ cities: 7, rounds, strategies, link, adversary: [{ strategy: 'watcher', cities: [1, 2] }] });
}

describe('what an all-knowing adversary knows', () => {
  it('tells of each view once, at the moment when a third of the honest cities holds its notarization', async () => {
    const seen: { readonly view: number; readonly atUs: number; readonly holders: number }[] = [];
    let coordinator: Coordinator | undefined;
    const run = await watching((city) => ({
      onStart() {
        if (coordinator !== undefined) return;
        coordinator = city.coordinator;
        const { knowledge, world } = city.coordinator;
        knowledge.whenNotarized(1 / 3, (view) =>
          seen.push({ view, atUs: world.nowUs, holders: knowledge.notarizedBy(view).size }),
        );
      },
    }));
    expect(seen.length).toBeGreaterThan(10);
    expect(new Set(seen.map(({ view }) => view)).size).toBe(seen.length);
    // Two of five are a third; more only if another reached it in the same microsecond.
    expect(seen.filter(({ holders }) => holders === 2).length).toBeGreaterThan(seen.length * 0.9);
    expect(seen.every(({ holders }) => holders >= 2)).toBe(true);
    expect(run.live).toBe(true);
  });

  it('knows blocks, votes, leaders and how far the honest are', async () => {
    let coordinator: Coordinator | undefined;
    const run = await watching((city) => {
      coordinator = city.coordinator;
      return {};
    });
    const { knowledge } = coordinator as unknown as Coordinator;
    const views = run.honest.map((city) => run.world.nodes[city]?.replica?.view ?? 0);
    expect(knowledge.newestView).toBe(Math.max(...views));
    expect(knowledge.finalView).toBe(Math.max(...run.finalBlocks.map(({ view }) => view)));
    const view = knowledge.finalView;
    const [block] = knowledge.blocks(view);
    expect(block?.view).toBe(view);
    expect(knowledge.block(block?.digest ?? new Uint8Array(0))).toBe(block);
    expect(knowledge.leaderOf(view)).toBe(view % 7);
    const votes = knowledge.votes(view);
    expect(new Set(votes.map(({ vote }) => vote.voter)).size).toBeGreaterThanOrEqual(5);
    for (const { vote, frame } of votes) {
      expect(vote.statement.view).toBe(view);
      expect(equalBytes(vote.signature, frame.subarray(frame.length - vote.signature.length))).toBe(true);
    }
  });

  it('forgets what is long final', async () => {
    let coordinator: Coordinator | undefined;
    await watching((city) => {
      coordinator = city.coordinator;
      return {};
    }, 40);
    const { knowledge } = coordinator as unknown as Coordinator;
    expect(knowledge.finalView).toBeGreaterThan(80);
    expect([knowledge.blocks(1), knowledge.votes(1), knowledge.notarizedBy(1).size]).toEqual([[], [], 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { allOf, expectFoundOut, expectUnharmed, federations, type LiarRun, runLiars } from '../../test/liars.ts';
import { blocksSaid, contradictions, entriesSaid } from '../../test/lies.ts';

describe.each(federations)('a lying lane: liars $liars of $cities cities', ({ cities, liars }) => {
  const run = (strategy: string, options?: Parameters<typeof allOf>[2], more = {}) =>
    runLiars({ cities, adversary: allOf(strategy, liars, options), ...more });
  /** Places of lanes at which a liar said more than one entry. */
  const forks = (result: LiarRun) => [...entriesSaid(result).values()].filter((branches) => branches.size > 1);

  it.each(['halves', 'everybody', 'late'])(
    'R4, C10: a fork (%s) is evidence, one branch counts, the lane is closed',
    async (shows) => {
      const result = await run('lane-forker', { shows });
      expect(forks(result).length).toBeGreaterThan(1);
      if (shows === 'halves') {
        for (const branches of forks(result)) {
          const [one = new Set<number>(), two = new Set<number>()] = [...branches.values()];
          expect([...one].filter((city) => two.has(city) && result.honest.includes(city))).toEqual([]);
        }
      }
      expectUnharmed(result);
      expectFoundOut(result, liars, 'lane-fork');
      expect(result.liarsRecords.at(-1)).toBe('AUTHORITY_QUARANTINED');
    },
  );

  it('C10: who writes its lane by hand accuses in vain, twice in a block, and its fork convicts it', async () => {
    const result = await run('outlaw', {}, { rounds: 10 });
    expectUnharmed(result);
    expect(result.liarsRecords).toContain('EVIDENCE_SIGNATURE_INVALID');
    expect(result.liarsRecords).toContain('EVIDENCE_NOT_CHECKED');
    expectFoundOut(result, liars, 'lane-fork');
  });

  it('C10: who convicts itself in the midst of an entry has no effect from the next record on', async () => {
    const result = await run('outlaw', { confesses: true }, { rounds: 10 });
    expectUnharmed(result);
    expect(result.liarsRecords.at(-1)).toBe('AUTHORITY_QUARANTINED');
  });

  it('C3, R5: entries of as many bytes as a block may add keep nobody else out', async () => {
    const result = await run('outlaw', { glut: true });
    expectUnharmed(result);
    expect(result.liarsRecords).toContain('MALFORMED');
  });

  it.each([300, 6000])(
    'C3, G1: an entry of %i-byte records shown to q - 1 cities reaches all, or nobody takes it',
    async (recordBytes) => {
      const result = await run('withholder', {}, { recordBytes });
      const q = cities - result.world.faultsTolerated;
      const shown = [...entriesSaid(result).values()].flatMap((branches) => [...branches.values()]);
      expect(shown.length).toBeGreaterThan(5);
      for (const to of shown) expect(to.size).toBe(q - 1);
      expectUnharmed(result);
      expect(result.liarsRecords.length).toBeGreaterThan(0);
    },
  );

  it('C3, G2: an entry shown to the next leader alone is fetched from that leader', async () => {
    const result = await run('withholder', { to: 'leader' });
    const shown = [...entriesSaid(result).values()].flatMap((branches) => [...branches.values()]);
    expect(shown.length).toBeGreaterThan(5);
    for (const to of shown) expect([...to].map((city) => result.honest.includes(city))).toEqual([true]);
    expectUnharmed(result);
    expect(new Set(result.liarsRecords)).toEqual(new Set([undefined]));
  });

  it.each([
    { share: 0.5 },
    { share: 0, rotate: 0 },
    { share: 1, avoids: 'next-leader' },
    { share: 0.5, rotate: 1, avoids: 'leader' },
  ])('G1, C7: what is told to some only reaches all (%j)', async (options) => {
    const result = await run('selective-gossip', options);
    for (const branches of entriesSaid(result).values()) {
      for (const to of branches.values()) {
        const told = [...to].filter((city) => result.honest.includes(city)).length;
        expect(told).toBeLessThanOrEqual(Math.round(options.share * result.honest.length));
      }
    }
    expectUnharmed(result);
  });

  it.each(['random', 'halves'])('R4, C10: twins (%s) contradict each other, and that is evidence', async (parts) => {
    const result = await run('twins', { parts, period: 3 });
    expect(result.world.nodes).toHaveLength(cities + liars.length);
    expect(forks(result).length).toBeGreaterThan(1);
    const twice = [...blocksSaid(result).values()].filter((blocks) => blocks.length > 1);
    // Halves that never meet rarely let both twins into one view.
    if (parts === 'random') expect(twice.length + contradictions(result).length).toBeGreaterThan(0);
    expectUnharmed(result);
    expectFoundOut(result, liars, 'lane-fork');
  });
});

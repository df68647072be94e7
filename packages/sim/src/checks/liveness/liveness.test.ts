import { describe, expect, it } from 'vitest';
import { plainly, Story } from '../../../test/story.ts';
import { atLeast, delayOf, finalityBound, type Situation } from './bound.ts';

const RECORD = new Uint8Array(100).fill(3);
const LONG_MS = 600_000;

describe('liveness after the last fault', () => {
  it('is there when something new is final and everybody has it', () => {
    const story = plainly(new Story());
    story.crash(2);
    story.nowUs += 1e6;
    story.restart(2);
    story.agree();
    expect(story.end(LONG_MS).oracle.violations).toEqual([]);
    const verdict = story.oracle.liveness();
    expect(verdict).toMatchObject({ excuse: undefined, firstFinalityUs: 50_000, convergedUs: 50_000 });
    expect(verdict.healedAtUs).toBe(1_150_000);
  });

  it('is missing when nothing new is final for long', () => {
    const story = plainly(new Story());
    story.crash(2);
    story.restart(2);
    expect(story.end(LONG_MS).found).toEqual(['liveness', 'convergence']);
    expect(story.oracle.liveness()).toMatchObject({ excuse: undefined, firstFinalityUs: undefined });
  });

  it('is missing when it comes too late, and the scenario may say what is late', () => {
    const story = plainly(new Story({ checks: { liveness: { deltas: 2 } } }));
    story.crash(2);
    story.restart(2);
    story.nowUs += 1e6;
    story.agree();
    expect(story.oracle.liveness().boundUs).toBeLessThan(1.05e6);
    expect(story.end(LONG_MS).found).toContain('liveness');
  });

  it('is not asked while the time is not over', () => {
    const story = plainly(new Story());
    story.crash(2);
    story.restart(2);
    expect(story.end(1000).oracle.violations).toEqual([]);
    expect(story.oracle.liveness().excuse).toMatch(/the run ended 1.00 s after the last fault/);
  });

  it.each<[string, RegExp, (story: Story) => void]>([
    [
      'fewer than q are up',
      /only 2 honest cities/,
      (story) => {
        for (const city of [1, 2]) story.crash(city);
      },
    ],
    [
      'no quorum is connected',
      /only 2 honest cities/,
      (story) => {
        for (const cut of ['0>2', '2>0', '0>3', '1>2', '3>1']) story.cuts.add(cut);
      },
    ],
    [
      'too many hear slowly to the end',
      /only 2 honest cities/,
      ({ oracle }) => oracle.onFault?.({ id: 1, phase: 'begin', kind: 'degrade', nodes: [0, 1], text: '' }),
    ],
    [
      'too many stopped',
      /only 2 honest cities/,
      (story) => {
        for (const city of [0, 1]) halt(story, city);
      },
    ],
  ])('is excused when %s', (_, why, happen) => {
    const story = plainly(new Story({ checks: { except: ['false-alarm'] } }));
    happen(story);
    expect(story.end(LONG_MS).oracle.violations).toEqual([]);
    expect(story.oracle.liveness().excuse).toMatch(why);
  });

  function halt(story: Story, city: number): void {
    story.tell(city, { kind: 'alarm', error: { code: 'SAFETY_VIOLATED', message: '' } });
  }

  it('is excused with more than f faulty, when switched off, and on a network that no timeout waits for', () => {
    const faulty = plainly(new Story({ corrupted: [2, 3] }));
    expect(faulty.end(LONG_MS).oracle.liveness().excuse).toMatch(/more than f = 1/);
    const off = plainly(new Story({ checks: { liveness: { required: false } } }));
    expect(off.end(LONG_MS).oracle.liveness().excuse).toMatch(/asks for no liveness/);
    const slow = { cities: 4, link: { latency: { kind: 'constant', delay: '3s' } } } as const;
    const story = plainly(new Story({ scenario: { topology: slow } }));
    expect(story.end(LONG_MS).oracle.liveness().excuse).toMatch(/longer than the timeouts ever grow/);
  });
});

describe('convergence', () => {
  it('is missing while a connected city lags', () => {
    const story = plainly(new Story());
    story.crash(2);
    story.agree();
    story.restart(2);
    story.laggards.add(2);
    story.agree();
    expect(story.end(LONG_MS).found).toEqual(['convergence']);
    expect(story.oracle.violations[0]?.message).toMatch(/behind: city-2/);
  });

  it('is not asked of a city that stays cut off to the end, nor of what it sealed there', () => {
    const story = plainly(new Story());
    story.crash(1);
    story.restart(1);
    for (const city of [0, 1, 2]) for (const cut of [`3>${city}`, `${city}>3`]) story.cuts.add(cut);
    story.laggards.add(3);
    story.seal(3, RECORD);
    story.agree(story.block({ advances: [] }));
    expect(story.end(LONG_MS).oracle.violations).toEqual([]);
    expect(story.oracle.liveness()).toMatchObject({ excuse: undefined, convergedUs: undefined });
  });

  it('is missing while something sealed is not final', () => {
    const story = plainly(new Story());
    story.crash(2);
    story.restart(2);
    story.agree();
    story.seal(1, RECORD);
    story.agree(story.block({ advances: [] }));
    expect(story.end(LONG_MS).found).toEqual(['convergence']);
    expect(story.oracle.violations[0]?.message).toMatch(/entry 1\/1, sealed at .* is not final/);
  });

  it('covers what was sealed before, and is measured', () => {
    const story = plainly(new Story());
    story.seal(1, RECORD);
    story.crash(2);
    story.restart(2);
    story.agree(story.block({ advances: [] }));
    expect(story.oracle.liveness().convergedUs).toBeUndefined();
    story.agree();
    story.agree();
    const { convergedUs, firstFinalityUs } = story.oracle.liveness();
    expect([firstFinalityUs, convergedUs]).toEqual([50_000, 100_000]);
    expect(story.end(LONG_MS).oracle.violations).toEqual([]);
  });
});

describe('the bound on finality', () => {
  const parameters = {
    deltaMs: 100,
    idleIntervalMs: 1000,
    resendMs: 200,
    resyncMs: 400,
    timeoutGrowth: 2,
    timeoutCapMs: 3000,
  };
  const plain: Situation = { parameters, n: 4, quorum: 3, core: 4, grown: 0, delayUs: 10_000, loss: 0 };

  it('is the sum that its derivation gives', () => {
    const join = 2 * 400 + 20;
    const together = 200 + 2 * 400 + 20;
    const views = 300 + 1000 + 20 + (600 + 1000 + 20);
    expect(finalityBound(plain)).toEqual({ us: (join + together + views + 30) * 1000, timeoutUs: 600_000, views: 1 });
  });

  it('allows a view for each leader that is not of the core, at timeouts that go on growing', () => {
    const one = finalityBound({ ...plain, core: 3 });
    expect(one.views).toBe(2);
    expect((one.us ?? 0) - (finalityBound(plain).us ?? 0)).toBe((1200 + 1000 + 20) * 1000);
    expect(finalityBound({ ...plain, grown: 10 }).timeoutUs).toBe(3_000_000);
  });

  it('allows views until timeouts have grown to a slow network, or promises nothing when they never do', () => {
    expect(finalityBound({ ...plain, delayUs: 100_000 }).views).toBe(3);
    expect(finalityBound({ ...plain, delayUs: 260_000 }).us).toBeUndefined();
    const fixed = { ...parameters, timeoutGrowth: 1 };
    expect(finalityBound({ ...plain, parameters: fixed, delayUs: 30_000 }).us).toBeUndefined();
    expect(finalityBound({ ...plain, parameters: fixed, delayUs: 20_000 }).us).toBeDefined();
  });

  it('allows views for bad luck where messages are lost for good', () => {
    const lossy = finalityBound({ ...plain, loss: 0.1 });
    expect(lossy.views).toBeGreaterThan(5);
    expect(finalityBound({ ...plain, loss: 0.3 }).views).toBeGreaterThan(lossy.views);
    expect(finalityBound({ ...plain, loss: 0.6 })).toMatchObject({
      us: undefined,
      unless: expect.stringMatching(/seldom/),
    });
    expect(finalityBound({ ...plain, core: 2, loss: 0.01 }).us).toBeUndefined();
    expect(finalityBound({ ...plain, n: 341, quorum: 228, core: 341, loss: 0.05 }).views).toBeLessThan(3);
  });

  it('knows binomial tails', () => {
    expect(atLeast(2, 1, 0.5)).toBeCloseTo(0.75, 12);
    expect(atLeast(4, 4, 0.9)).toBeCloseTo(0.9 ** 4, 12);
    expect(atLeast(10, 0, 0.3)).toBeCloseTo(1, 12);
    expect([atLeast(3, 4, 1), atLeast(4, 4, 1)]).toEqual([0, 1]);
  });

  it('takes δ from the scenario', () => {
    const delay = (topology: object, rest: object = {}) =>
      delayOf({
        format: 'hansa-scenario/1',
        name: 'x',
        shows: 'x',
        topology: { cities: 4, ...topology },
        protocol: { processing: 'free' },
        ...rest,
      });
    const link = (latency: object, more: object = {}) => ({ link: { latency, ...more } });
    expect(delay(link({ kind: 'constant', delay: '7ms' }, { jitter: '3ms' }))).toBe(10_000);
    expect(delay(link({ kind: 'uniform', min: '1ms', max: '9ms' }), { disks: { flush: '2ms' } })).toBe(13_000);
    expect(delay(link({ kind: 'matrix', delays: [['1ms', '30ms']] }))).toBe(30_000);
    expect(delay(link({ kind: 'exponential', mean: '10ms', min: '1ms' }))).toBeGreaterThan(100_000);
    expect(delay(link({ kind: 'lognormal', median: '10ms', sigma: 0.5 }))).toBeGreaterThan(100_000);
    expect(delay({ placement: 'china' })).toBe(50_000);
    expect(delay(link({ kind: 'constant', delay: '7ms' }), { protocol: {} })).toBeGreaterThan(7000);
  });
});

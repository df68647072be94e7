import { describe, expect, it } from 'vitest';
import type { Probe } from '../src/world/contract.ts';
import type { SimWorld } from '../src/world/sim-world.ts';
import { Finality, play, shipped } from './shipped.ts';

/** What the lines `shows:` of the scenarios say is so. Most are played shorter, or by fewer cities, than they ship. */

/** Quarantined authorities, as each honest city that is up has them. */
function quarantined(world: SimWorld): number[][] {
  return world.nodes
    .filter(({ role, replica }) => role === 'honest' && replica !== undefined)
    .map(({ replica }) => (replica?.status().lanes ?? []).flatMap((lane, index) => (lane.quarantined ? [index] : [])));
}

/** Moments at which the first honest city finalized something, in seconds. */
function finalities(world: SimWorld): { readonly times: number[]; readonly probe: Probe } {
  const times: number[] = [];
  let newest = 0;
  const probe: Probe = {
    onCarriedOut: (node, effect) => {
      if (effect.kind !== 'finalized' || effect.height <= newest || world.nodes[node]?.role !== 'honest') return;
      newest = effect.height;
      times.push(world.nowUs / 1e6);
    },
  };
  return { times, probe };
}

describe('in good times', () => {
  it('four-cities: records are final about three network delays after they were submitted', async () => {
    const { result } = await play(shipped('four-cities', { 'workload.end': '25s' }));
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(result.totals.recordsFinal).toBe(result.totals.recordsSubmitted);
    expect(result.finalityMs.p50).toBeGreaterThan(25);
    expect(result.finalityMs.p50).toBeLessThan(55);
    expect(new Set(result.cities.map(({ stateRoot }) => stateRoot)).size).toBe(1);
  });

  it('double-use-race: of four uses of a certificate exactly one wins', async () => {
    const uses = new Map<string, number>();
    const { result } = await play(shipped('double-use-race', { 'workload.end': '20s' }), () => [
      {
        onCarriedOut: (node, effect) => {
          if (node !== 0 || effect.kind !== 'executed') return;
          for (const { rejected } of effect.outcomes) {
            if (rejected !== undefined) uses.set(rejected, (uses.get(rejected) ?? 0) + 1);
          }
        },
      },
    ]);
    // From 2 s on, every 2 s, the last at 20 s.
    const certificates = 10;
    expect([...uses]).toEqual([['CERTIFICATE_USED', 3 * certificates]]);
    expect(result.verdict).toBe('passed');
  });

  it('morning-rush: finality is the same in quiet hours and in the rush, and idle hours send almost nothing', async () => {
    let finality: Finality | undefined;
    const { result } = await play(
      shipped('morning-rush', { 'workload.dayLength': '96s', 'workload.end': '96s', 'topology.cities': 4 }),
      (world) => {
        finality = new Finality(world);
        return [finality];
      },
    );
    const hour = (atUs: number) => Math.floor(atUs / 4e6);
    const rush = finality?.percentile(0.5, ({ atUs }) => hour(atUs) >= 8 && hour(atUs) <= 11) ?? 0;
    const quiet = finality?.percentile(0.5, ({ atUs }) => hour(atUs) >= 15 && hour(atUs) <= 19) ?? 0;
    expect(rush / quiet).toBeGreaterThan(0.5);
    expect(rush / quiet).toBeLessThan(2);
    const { bytes, stepUs } = result.series;
    const sent = (from: number, to: number) =>
      bytes
        .slice(Math.ceil((from * 4e6) / stepUs), Math.floor((to * 4e6) / stepUs))
        .reduce((sum, each) => sum + each, 0);
    expect(sent(2, 5)).toBeLessThan(sent(8, 11) / 20);
  });
});

describe('when lines fail', () => {
  it('lossy-winter: everything is final in the end, later than on good lines', async () => {
    const changes = { 'workload.end': '20s' };
    const { result: lossy } = await play(shipped('lossy-winter', changes));
    const { result: good } = await play(shipped('lossy-winter', { ...changes, 'topology.link.loss': 0 }));
    expect(lossy).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(lossy.totals.recordsFinal).toBe(lossy.totals.recordsSubmitted);
    expect(good.finalityMs.p50).toBeLessThan(200);
    expect(lossy.finalityMs.p50).toBeGreaterThan(3 * good.finalityMs.p50);
    expect(lossy.finalityMs.max).toBeLessThan(30_000);
  });

  it('capital-cut-off: the others go on, the capital stands still, and is back within seconds', async () => {
    const { result } = await play(
      shipped('capital-cut-off', {
        'topology.cities': 7,
        'faults[0].at': '20s',
        'faults[0].action.for': '60s',
        'workload.end': '100s',
        'workload.recordsPerSecond': 0.2,
        'stop.at': '4m',
      }),
    );
    const { heightMin, heightMax, stepUs } = result.series;
    const at = (seconds: number) => Math.floor((seconds * 1e6) / stepUs);
    expect(heightMin[at(79)]).toBe(heightMin[at(25)]);
    expect(heightMax[at(79)]).toBeGreaterThan((heightMax[at(25)] as number) + 10);
    expect(result.verdict).toBe('passed');
    expect(result.liveness.convergedUs).toBeLessThan(20e6);
    expect(result.cities[1]?.name).toBe('beijing');
    expect(result.faults).toMatchObject([{ kind: 'isolate', nodes: [1], text: 'beijing is cut off' }]);
  });

  it('flapping-border: agreement moves in the gaps, and settles afterwards', async () => {
    let moments: readonly number[] = [];
    const { result } = await play(
      shipped('flapping-border', { 'faults[0].at': '5s', 'faults[0].action.for': '20s', 'workload.end': '30s' }),
      (world) => {
        const { times, probe } = finalities(world);
        moments = times;
        return [probe];
      },
    );
    // Down for 3 s at 5, 10, 15 and 20; a finalization on its way may still arrive.
    const down = moments.filter((at) => at >= 5 && at < 25 && at % 5 > 0.1 && at % 5 < 3);
    const up = moments.filter((at) => at >= 5 && at < 25 && at % 5 >= 3);
    expect(down).toEqual([]);
    expect(up.length).toBeGreaterThan(10);
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
  });

  it('certificate-split: the line breaks when a third of the cities holds the notarization, and one history remains', async () => {
    const { result, world } = await play(
      shipped('certificate-split', { 'faults[1].when.notarized': 20, 'workload.end': '25s' }),
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(result.faults.map(({ kind }) => kind)).toEqual(['partition', 'partition']);
    expect(result.totals.recordsFinal).toBe(result.totals.recordsSubmitted);
    expect(world.links.isCut(0, 8)).toBe(false);
  });

  it('thin-lines: a large import takes its time, and the records of others hardly wait for it', async () => {
    let finality: Finality | undefined;
    const { result } = await play(shipped('thin-lines', { 'workload.end': '50s' }), (world) => {
      finality = new Finality(world);
      return [finality];
    });
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    const imported = finality?.percentile(0.5, ({ records }) => records === 1) ?? 0;
    const during = finality?.percentile(0.9, ({ node, atUs }) => node !== 0 && atUs > 20e6 && atUs < 27e6) ?? 0;
    const bulk = finality?.samples.filter(({ records }) => records === 1000).map(({ ms }) => ms) ?? [];
    expect(bulk).toHaveLength(4);
    expect(Math.min(...bulk)).toBeGreaterThan(10 * imported);
    expect(during).toBeLessThan(Math.min(...bulk) / 2);
  });
});

describe('when machines fail', () => {
  it('week-offline: who was away for seven days catches up within seconds with all that was agreed meanwhile (G3, L4)', async () => {
    const [other, away] = [0, 5];
    const dayUs = 86_400e6;
    /** The city that is away and another one, at its crash, at its return, and once it stands where the other stands. */
    const seen: { readonly atUs: number; readonly heights: number[]; readonly asOfMs: number[] }[] = [];
    const { result } = await play(shipped('week-offline'), (world) => {
      const status = (node: number) => world.nodes[node]?.replica?.status();
      const look = () => {
        const both = [status(away), status(other)];
        const heights = both.map((each) => each?.executedHeight ?? 0);
        seen.push({ atUs: world.nowUs, heights, asOfMs: both.map((each) => each?.timestampMs ?? 0) });
      };
      return [
        {
          onNodeState: (node) => {
            if (node === away && world.nowUs > 0) look();
          },
          onTurn: () => {
            if (seen.length === 2 && status(away)?.executedHeight === status(other)?.executedHeight) look();
          },
        },
      ];
    });
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(result.totals.recordsFinal).toBe(result.totals.recordsSealed);
    const [down, up, even] = seen;
    if (down === undefined || up === undefined || even === undefined) throw new Error('it never caught up');
    expect(up.atUs - down.atUs).toBe(7 * dayUs);
    // It comes back with what it had, and answers as of then until it has the rest.
    expect((up.heights[1] ?? 0) - (up.heights[0] ?? 0)).toBeGreaterThan(1000);
    expect(((up.asOfMs[1] ?? 0) - (up.asOfMs[0] ?? 0)) * 1000).toBeGreaterThan(6.9 * dayUs);
    expect(even.atUs - up.atUs).toBeLessThan(10e6);
    expect(even.asOfMs[0]).toBe(even.asOfMs[1]);
  });

  it('all-crash: what was acknowledged is there, and agreement goes on', async () => {
    const { result } = await play(
      shipped('all-crash', {
        'workload.end': '45s',
        'faults[0].at': '8s',
        'faults[1].start': '25s',
        'faults[1].until': '30s',
      }),
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(result.cities.map(({ crashes }) => crashes)).toEqual(Array(7).fill(2));
    expect(result.totals.recordsFinal).toBe(result.totals.recordsSealed);
    expect(result.liveness.firstFinalityUs).toBeLessThan(5e6);
  });

  it('rolling-upgrade: the federation has no downtime', async () => {
    let moments: readonly number[] = [];
    const { result } = await play(shipped('rolling-upgrade', { 'workload.end': '60s', 'stop.at': '3m' }), (world) => {
      const { times, probe } = finalities(world);
      moments = times;
      return [probe];
    });
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    const working = moments.filter((at) => at > 5 && at < 60);
    const gaps = working.slice(1).map((at, index) => at - (working[index] as number));
    expect(Math.max(...gaps)).toBeLessThan(4);
    expect(result.cities.map(({ crashes }) => crashes)).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it('slow-disk: its own city waits, the others do not', async () => {
    let finality: Finality | undefined;
    const { result } = await play(
      shipped('slow-disk', {
        'faults[0].at': '5s',
        'faults[0].action.for': '15s',
        'faults[1].at': '25s',
        'faults[1].action.for': '5s',
        'workload.end': '35s',
      }),
      (world) => {
        finality = new Finality(world);
        return [finality];
      },
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    const slow = ({ atUs }: { atUs: number }) => atUs > 5e6 && atUs < 18e6;
    const own = finality?.percentile(0.5, (each) => slow(each) && each.node === 3) ?? 0;
    const others = finality?.percentile(0.5, (each) => slow(each) && each.node !== 3) ?? 0;
    expect(own).toBeGreaterThan(4 * others);
    expect(others).toBeLessThan(200);
    expect(result.cities.map(({ crashes }) => crashes)).toEqual([0, 0, 0, 1, 0, 0, 0]);
  });

  it('restored-backup: it says so, and neither forks its lane nor votes twice', async () => {
    const alarms: string[] = [];
    const { result, world } = await play(
      shipped('restored-backup', {
        'faults[0].at': '20s',
        'faults[0].action.taken': '8s',
        'faults[1].at': '30s',
        'faults[1].action.taken': '29s',
        'workload.end': '40s',
      }),
      () => [{ onEffect: (node, effect) => effect.kind === 'alarm' && alarms.push(`${node} ${effect.error.code}`) }],
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(alarms).toEqual(['1 RESTORED_FROM_BACKUP', '2 RESTORED_FROM_BACKUP']);
    expect(result.totals.evidence).toBe(0);
    expect(quarantined(world)).toEqual([[], [], [], []]);
  });

  it('bit-rot: the damaged city stops rather than lie, and an empty disk catches up', async () => {
    const states: string[] = [];
    const { result } = await play(
      shipped('bit-rot', {
        'faults[0].at': '8s',
        'faults[1].at': '9s',
        'faults[2].at': '12s',
        'faults[3].at': '13s',
        'faults[4].at': '20s',
        'workload.end': '30s',
      }),
      () => [{ onNodeState: (node, state, why) => states.push(`${node} ${state} ${why.split(/[ _:]/)[0]}`) }],
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(states).toContain('2 down damaged');
    expect(result.cities.every(({ state }) => state === 'up')).toBe(true);
    expect(new Set(result.cities.map(({ historyRoot }) => historyRoot)).size).toBe(1);
  });

  it('overload: finality is late while the queue is long, and good again afterwards', async () => {
    let finality: Finality | undefined;
    const scenario = shipped('overload', {
      'topology.cities': 4,
      'workload.bursts[0].at': '10s',
      'workload.bursts[0].records': 4000,
      'workload.bursts[1].at': '20s',
      'workload.bursts[1].records': 8000,
      'workload.recordsPerSecond': 10,
      'workload.end': '40s',
    });
    const { result } = await play(scenario, (world) => {
      finality = new Finality(world);
      return [finality];
    });
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    const between = (from: number, to: number) =>
      finality?.percentile(0.9, ({ atUs, records }) => atUs > from * 1e6 && atUs < to * 1e6 && records === 10) ?? 0;
    expect(between(20, 24)).toBeGreaterThan(4 * between(3, 10));
    expect(between(32, 40)).toBeLessThan(1.5 * between(3, 10));
    expect(result.totals.recordsFinal).toBe(result.totals.recordsSealed);
  });
});

describe('when cities lie', () => {
  it('silent-leader: its first view costs two timeouts, the later ones less, and no record is lost', async () => {
    const entered = new Map<number, number>();
    const { result } = await play(
      shipped('silent-leader', { 'workload.end': '25s', 'adversary[0].start': '4s' }),
      (world) => [
        {
          onTurn: (node) => {
            const view = node === 0 ? world.nodes[0]?.replica?.view : undefined;
            if (view !== undefined && !entered.has(view)) entered.set(view, world.nowUs);
          },
        },
      ],
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    const led = [...entered]
      .filter(([view, atUs]) => view % 7 === 3 && atUs > 4e6 && atUs < 25e6 && entered.has(view + 1))
      .map(([view, atUs]) => (entered.get(view + 1) as number) - atUs);
    expect(led.length).toBeGreaterThan(10);
    // 2Δ is 400 ms; a leader that was silent for several views is skipped at once (C5).
    expect(led[0]).toBeGreaterThan(400e3);
    expect(led[led.length >> 1]).toBeLessThan(100e3);
    expect(
      result.cities.filter(({ role }) => role === 'honest').every((city) => city.recordsSealed <= city.recordsExecuted),
    ).toBe(true);
  });

  it('third-byzantine: one history, and the guilty are convicted', async () => {
    const { result, world } = await play(shipped('third-byzantine', { 'workload.end': '20s' }));
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    const convicted = quarantined(world);
    expect(new Set(convicted.map(String)).size).toBe(1);
    expect(convicted[0]).toEqual(expect.arrayContaining([4]));
    expect(convicted[0]?.every((city) => [1, 4, 7].includes(city))).toBe(true);
  });

  it.each([
    ['twins', [2]],
    ['lane-fork', [1, 5]],
  ])('%s: the liar contradicts itself, is convicted, and nobody disagrees', async (name, liars) => {
    const { result, world } = await play(shipped(name, { 'workload.end': '20s' }));
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(quarantined(world)[0]).toEqual(liars);
    expect(new Set(quarantined(world).map(String)).size).toBe(1);
  });

  it('withheld-entries: nothing of the honest waits for ever, and what is final can be fetched', async () => {
    const { result } = await play(shipped('withheld-entries', { 'workload.end': '20s' }));
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(result.liveness.convergedUs).not.toBeNull();
    expect(result.totals.recordsFinal).toBeGreaterThan(0.8 * result.totals.recordsSealed);
  });

  it('clock-liars: the legal time of blocks only grows, and stays near the honest clocks', async () => {
    const times: number[] = [];
    const { result } = await play(
      shipped('clock-liars', {
        'workload.end': '40s',
        'faults[0].at': '10s',
        'faults[1].at': '18s',
        'faults[2].at': '25s',
      }),
      (world) => [
        {
          onCarriedOut: (node, effect) => {
            if (node !== 0 || effect.kind !== 'finalized') return;
            times.push(effect.timestampMs);
            // 5 minutes of admitted drift, and what honest clocks are apart.
            expect(effect.timestampMs - (world.startMs + world.nowUs / 1e3)).toBeLessThan(5 * 60e3 + 1e3);
          },
        },
      ],
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(times.length).toBeGreaterThan(50);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('more-than-f: nothing is agreed and nothing goes wrong; agreement returns with the quorum', async () => {
    let moments: readonly number[] = [];
    const { result } = await play(
      shipped('more-than-f', { 'adversary[0].start': '10s', 'adversary[0].end': '30s', 'workload.end': '45s' }),
      (world) => {
        const { times, probe } = finalities(world);
        moments = times;
        return [probe];
      },
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(result.liveness.excuse).toMatch(/more than f = 1/);
    expect(moments.filter((at) => at > 10.1 && at < 30)).toEqual([]);
    expect(moments.filter((at) => at > 31).length).toBeGreaterThan(10);
  });
});

describe('when there are many', () => {
  it('nation: on the map and over a mesh, a third of it here, records are final within a second', async () => {
    const { result } = await play(shipped('nation', { 'topology.cities': 31, 'workload.bursts[0].records': 3 }));
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(result.finalityMs.max).toBeLessThan(1_000);
    expect(result.cities.every(({ place }) => place !== undefined)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { type ScenarioBuilder, ScenarioError, scenario } from './builder.ts';
import { at, every, when } from './fault-builder.ts';
import { parseScenario } from './parse.ts';
import type { Scenario } from './schema.ts';
import { scenarioYaml } from './write.ts';

const winter = scenario('lossy-winter')
  .shows('Links that lose one message in ten.')
  .cities(10)
  .observers(1)
  .placement('china')
  .delay('20ms')
  .link({ jitter: '10ms', loss: 0.1, reordering: 0.01, duplication: 0.02, bandwidthMbps: 100 })
  .gossip({ kind: 'mesh', degree: 6 })
  .protocol({ delta: '500ms', crypto: 'cost' })
  .clocks({ offset: '100ms', driftPpm: 50 })
  .disks({ flush: '2ms' })
  .workload({ recordsPerSecond: 2, end: '1m', from: [0, 1, 2] })
  .fault(
    at('10s').crash([1], { for: '20s', lose: 'everything' }),
    at('10s').crash('all'),
    at('40s').restart(),
    at('41s').restart([1]),
    at('42s').crashAll({ for: '5s' }),
    at('50s').pause({ random: 2 }, { for: '1s' }),
    at('51s').resume(),
    at('52s').clock([3], { step: '-2s', driftPpm: 100 }),
    at('53s').disk([3], { slow: 10, rot: 2, for: '5s' }),
    at('54s').restoreBackup([4], { taken: '30s' }),
    at('55s').membership('newKeys', [5]),
  )
  .fault(
    every('30s', { start: '5s', until: '2m' }).isolate('leader', { for: '3s' }),
    when({ notarized: 5, cities: 1 / 3 }, { delay: '10ms' }).partition([[0, 1], { share: 0.2 }], {
      for: '30s',
      flapping: { up: '1s', down: '500ms' },
    }),
    when({ quiet: '20s' }).degrade({ random: 1 }, { loss: 0.5 }, { for: '5s' }),
    at('2m').heal(),
  )
  .adversary('equivocator', { random: 2 })
  .adversary('delayer', [9], { start: '5s', options: { timing: 'above' } })
  .stop({ at: '3m', converged: true })
  .checks({ every: 'event', liveness: { deltas: 50 } })
  .seeds(1, 20)
  .sweep('topology.link.loss', [0, 0.1, 0.2])
  .sweep('protocol.delta', ['250ms', '500ms']);

describe('a builder', () => {
  it('makes what a file says', () => {
    const text = `
format: hansa-scenario/1
name: four
shows: Four cities agree.
topology: { cities: 4, link: { latency: { kind: constant, delay: 10ms }, loss: 0.05 } }
faults:
  - { at: 10s, action: { kind: crash, cities: [1], for: 20s } }
  - { when: { height: 5 }, action: { kind: heal } }
adversary:
  - { strategy: silent, cities: { random: 1 } }
seeds: [1, 2]
`;
    const built = scenario('four')
      .shows('Four cities agree.')
      .delay('10ms')
      .link({ loss: 0.05 })
      .fault(at('10s').crash([1], { for: '20s' }))
      .fault(when({ height: 5 }).heal())
      .adversary('silent', { random: 1 })
      .seeds([1, 2])
      .build();
    expect(parseScenario(text)).toEqual({ ok: true, scenario: built });
  });

  it('has a step for every field of the format, and all of them survive YAML', () => {
    const built = winter.build();
    const fields: (keyof Scenario)[] = [
      'format',
      'name',
      'shows',
      'topology',
      'protocol',
      'clocks',
      'disks',
      'workload',
      'faults',
      'adversary',
      'stop',
      'checks',
      'seeds',
      'sweep',
    ];
    expect(Object.keys(built).sort()).toEqual([...fields].sort());
    expect(parseScenario(scenarioYaml(built))).toEqual({ ok: true, scenario: built });
    expect(parseScenario(JSON.stringify(built))).toEqual({ ok: true, scenario: built });
  });

  it('never changes: what is kept can be varied', () => {
    const four = scenario('four');
    const lossy: ScenarioBuilder = four.link({ loss: 0.2 });
    expect(four.build().topology).toEqual({ cities: 4 });
    expect(lossy.fault(at('1s').heal()).build().faults).toHaveLength(1);
    expect(lossy.build().faults).toBeUndefined();
    const built = lossy.build();
    Object.assign(built.topology, { cities: 9 });
    expect(lossy.build().topology.cities).toBe(4);
  });

  it('refuses what a file may not say, with every problem', () => {
    const wrong = scenario('four').fault(at('10s').crash([7]), at('10m').heal());
    expect(() => wrong.build()).toThrow(ScenarioError);
    try {
      wrong.build();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'SCENARIO_INVALID',
        problems: [
          { code: 'SCENARIO_CITY_UNKNOWN', path: 'faults[0].action.cities[0]' },
          { code: 'SCENARIO_NEVER', path: 'faults[1].at' },
        ],
      });
    }
  });
});

describe('a scenario as text', () => {
  it('is short where it can be, in the order of the format', () => {
    const text = scenarioYaml(
      scenario('four')
        .shows('Four cities: one is away for a minute.')
        .delay('10ms')
        .workload({ recordsPerSecond: 2 })
        .fault(at('10s').isolate([1], { for: '1m' }))
        .stop({ at: '2m' })
        .build(),
      { schema: '../schemas/scenario.schema.json' },
    );
    expect(text).toBe(`# yaml-language-server: $schema=../schemas/scenario.schema.json
format: hansa-scenario/1
name: four
shows: "Four cities: one is away for a minute."
topology: { cities: 4, link: { latency: { kind: constant, delay: 10ms } } }
workload: { recordsPerSecond: 2 }
faults:
  - { at: 10s, action: { kind: isolate, cities: [ 1 ], for: 1m } }
stop: { at: 2m }
`);
  });
});

import { describe, expect, it } from 'vitest';
import { parsePath, unknownPath, withValue } from './field-paths.ts';
import type { Scenario } from './schema.ts';

const scenario: Scenario = {
  format: 'hansa-scenario/1',
  name: 'four',
  shows: 'Four cities agree.',
  topology: { cities: 4 },
  faults: [{ at: '10s', action: { kind: 'isolate', cities: [0], for: '5s' } }],
};

describe('a path of a field', () => {
  it('names list elements with brackets or with a dot', () => {
    expect(parsePath('faults[0].action.for')).toEqual(['faults', 0, 'action', 'for']);
    expect(parsePath('faults.0.action.for')).toEqual(['faults', 0, 'action', 'for']);
    expect(parsePath('topology.link.latency.delays[1][2]')).toEqual(['topology', 'link', 'latency', 'delays', 1, 2]);
  });

  it('is known when any form of the field above it has the field', () => {
    for (const path of ['topology.link.latency.delay', 'topology.link.latency.sigma', 'adversary[0].options.any']) {
      expect(unknownPath(parsePath(path)), path).toBeUndefined();
    }
    expect(unknownPath(parsePath('topology.link.latency.dely'))).toContain('Did you mean "delay"?');
  });

  it('sets a value in a copy, and makes the groups above it', () => {
    expect(withValue(scenario, parsePath('topology.link.loss'), 0.1)).toMatchObject({
      topology: { cities: 4, link: { loss: 0.1 } },
    });
    expect(withValue(scenario, parsePath('faults[0].action.for'), '9s')).toMatchObject({
      faults: [{ at: '10s', action: { kind: 'isolate', for: '9s' } }],
    });
    expect(scenario.topology).toEqual({ cities: 4 });
    expect(scenario.faults?.[0]?.action).toMatchObject({ for: '5s' });
  });
});

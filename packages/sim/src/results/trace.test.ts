import { describe, expect, test } from 'vitest';
import { citiesOf, fits, kindsOf } from './trace.ts';

const vote = { atUs: 5, event: 'sent', city: 'haikou', to: 'sanya', kind: 'notarize', view: 2 };
const fault = { atUs: 7, event: 'fault-begin', kind: 'isolate', cities: ['danzhou', 'qionghai'] };
const view = { atUs: 9, event: 'view', city: 'haikou', view: 3 };

describe('lines of a trace', () => {
  test('are about both ends of a message, all cities of a fault, or the one city', () => {
    expect([vote, fault, view].map(citiesOf)).toEqual([['haikou', 'sanya'], ['danzhou', 'qionghai'], ['haikou']]);
    const about = (city: string) => [vote, fault, view].filter((line) => fits(line, { cities: [city] }));
    expect(about('sanya')).toEqual([vote]);
    expect(about('qionghai')).toEqual([fault]);
    expect(about('haikou')).toEqual([vote, view]);
    expect(about('wenchang')).toEqual([]);
  });

  test('are asked for by their event, or the kind of their message', () => {
    expect([vote, fault, view].map(kindsOf)).toEqual([['sent', 'notarize'], ['fault-begin', 'isolate'], ['view']]);
    const of = (kind: string) => [vote, fault, view].filter((line) => fits(line, { kinds: [kind] }));
    expect(of('notarize')).toEqual([vote]);
    expect(of('fault-begin')).toEqual([fault]);
    expect(of('lost')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { allOf, expectUnharmed, federations, runLiars } from '../../test/liars.ts';
import { simulate } from '../run/simulate.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Probe, World } from '../world/contract.ts';

describe.each(federations)(
  'C12: schemes about the authority set: liars $liars of $cities cities',
  ({ cities, liars }) => {
    const schemes: readonly (readonly [string, string])[] = [
      ['stale', 'MEMBERSHIP_EXPIRY_WRONG'],
      ['far', 'MEMBERSHIP_EXPIRY_WRONG'],
      ['other-epoch', 'MEMBERSHIP_EPOCH_WRONG'],
      ['other-city', 'MEMBERSHIP_CHANGE_WRONG'],
      ['own-loss', 'MEMBERSHIP_CHANGE_WRONG'],
      ['second', 'MEMBERSHIP_PROPOSAL_OPEN'],
      ['used-key', 'MEMBERSHIP_KEY_TAKEN'],
      ['unproven-key', 'MEMBERSHIP_POSSESSION_UNPROVEN'],
    ];

    it.each(schemes)('C12: %s has no effect: %s', async (scheme, code) => {
      const result = await runLiars({ cities, adversary: allOf('schemer', liars, { scheme, pace: 1 }) });
      expectUnharmed(result);
      // What agreement says of its records, and those that the harness had it seal.
      expect(new Set(result.liarsRecords)).toEqual(new Set([undefined, code]));
    });

    it('C12: of approvals that come too late, or once more, none has an effect, in turns with all the others', async () => {
      const result = await runLiars({ cities, rounds: 30, adversary: allOf('schemer', liars, { pace: 1 }) });
      expectUnharmed(result);
      const codes = new Set(result.liarsRecords);
      expect(codes).toContain('MEMBERSHIP_PROPOSAL_ENDED');
      expect(codes).toContain('MEMBERSHIP_APPROVED_ALREADY');
      expect(codes.size).toBeGreaterThan(5);
      expect(result.world.epochs.present.epoch ?? 0).toBe(0);
    });
  },
);

const changing: Scenario = {
  format: 'hansa-scenario/1',
  name: 'schemes',
  shows: 'What schemers make of a federation that changes its authorities.',
  topology: { cities: 4, link: { latency: { kind: 'constant', delay: '10ms' } } },
  workload: { recordsPerSecond: 1, end: '20s' },
  faults: [
    { at: '3s', action: { kind: 'membership', change: 'newKeys', cities: [1] } },
    { at: '12s', action: { kind: 'membership', change: 'suspend', cities: [1] } },
  ],
  checks: { every: 'event' },
  stop: { at: '30s' },
};

it.each([
  ['lost-key', 'MEMBERSHIP_KEY_TAKEN'],
  ['withdrawal', 'MEMBERSHIP_NOT_PROPOSER'],
])('C12: %s has no effect where the set changes: %s', async (scheme, code) => {
  const codes = new Set<string | undefined>();
  const observe = (_: World) => [
    {
      onEffect(node: number, effect: Parameters<NonNullable<Probe['onEffect']>>[1]) {
        if (node !== 0 || effect.kind !== 'executed') return;
        for (const { location, rejected } of effect.outcomes) if (location.lane === 3) codes.add(rejected);
      },
    },
  ];
  const adversary = [{ strategy: 'schemer', cities: [3], options: { scheme, pace: 1 } }];
  const { result } = await simulate({ ...changing, adversary }, 1, { observe });
  expect(result.violations).toEqual([]);
  expect(codes).toContain(code);
});

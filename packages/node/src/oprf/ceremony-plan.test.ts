import { describe, expect, it } from 'vitest';
import { settlementOf } from './ceremony-plan.ts';

const all = [0, 1, 2, 3];

describe('the settlement of a ceremony among four cities', () => {
  it.each<[string, { holds: number[][]; threshold?: number; before?: number }, ReturnType<typeof settlementOf>]>([
    ['takes all dealers that all hold', { holds: [all, all, all, all] }, { dealers: all, holders: 4 }],
    ['goes on without a city that is away', { holds: [all, all, all, []] }, { dealers: all, holders: 3 }],
    ['waits for a quorum', { holds: [all, all, [], []] }, undefined],
    [
      'leaves out a dealer that lied to most',
      { holds: [[0, 2, 3], all, [0, 2, 3], [0, 2, 3]] },
      { dealers: [0, 2, 3], holders: 4 },
    ],
    [
      'leaves out a dealer that lied to one alone',
      { holds: [all, all, all, [0, 2, 3]], before: 2 },
      { dealers: [0, 2, 3], holders: 4 },
    ],
    [
      'but not so that fewer are left than a key needs',
      { holds: [[0, 1], [0, 1], [0, 1], [0]], before: 2 },
      { dealers: [0, 1], holders: 3 },
    ],
    [
      'nor than evaluate together, whatever a city claims to hold (P2)',
      { holds: [all, all, all, [0, 1]], threshold: 3 },
      { dealers: all, holders: 3 },
    ],
    [
      'but takes what is enough when a quorum holds no more',
      {
        holds: [
          [0, 1],
          [0, 1],
          [0, 1],
          [0, 1],
        ],
        threshold: 3,
      },
      { dealers: [0, 1], holders: 4 },
    ],
    [
      'nor for a city that holds nothing',
      { holds: [[0, 1, 2], [0, 1, 2], [0, 1, 2], []], before: 2 },
      { dealers: [0, 1, 2], holders: 3 },
    ],
    ['needs f + 1 dealers for the first key', { holds: [[0], [0], [0], [0]] }, undefined],
    [
      'and as many as its threshold for new shares of one',
      {
        holds: [
          [0, 1],
          [0, 1],
          [0, 1],
          [0, 1],
        ],
        before: 3,
      },
      undefined,
    ],
  ])('%s', (_, { holds, threshold = 2, before }, expected) => {
    expect(settlementOf(holds, threshold, before)).toEqual(expected);
  });
});

import { toHex } from '@hansa/protocol';
import { quorumOf, votersOf } from '@hansa/protocol/genesis';
import { describe, expect, it } from 'vitest';
import type { SimWorld } from '../src/world/sim-world.ts';
import { play, shipped } from './shipped.ts';

/** Epochs of the honest cities that are up, and whose keys are not those of the genesis file. */
function epochsIn(world: SimWorld): { readonly epochs: number[]; readonly rekeyed: number[] } {
  const { authorities } = world.federation.genesis;
  return {
    epochs: world.nodes.flatMap(({ replica }) => replica?.status().epoch ?? []),
    rekeyed: world.nodes.flatMap(({ index, laneKey }) =>
      toHex(laneKey as Uint8Array) === toHex(authorities[index]?.laneKey as Uint8Array) ? [] : [index],
    ),
  };
}

describe('when the set of the authorities changes (C12)', () => {
  it('keys-replaced: two cities have new keys, everybody is in epoch 2, and all that was sealed is final', async () => {
    const { result, world } = await play(
      shipped('keys-replaced', {
        'faults[0].at': '5s',
        'faults[1].at': '12s',
        'workload.end': '20s',
      }),
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(epochsIn(world)).toEqual({ epochs: [2, 2, 2, 2], rekeyed: [1, 2] });
    expect(result.totals.recordsFinal).toBe(result.totals.recordsSealed);
    expect(result.faults.map(({ text }) => text)).toEqual([
      'city-1: new keys are proposed',
      'epoch 1 has begun',
      'city-2: keys and disk are lost, new keys are proposed',
      'epoch 2 has begun',
    ]);
  });

  it('city-leaves: who is left has the quorum of those who vote, and nobody hears the city that was removed', async () => {
    const lost = new Map<string, number>();
    const { result, world } = await play(
      shipped('city-leaves', {
        'workload.end': '22s',
        'faults[0].at': '3s',
        'faults[1].at': '8s',
        'faults[2].at': '13s',
        'faults[2].action.for': '6s',
        'faults[3].at': '15s',
      }),
      (here) => [
        {
          onLost: ({ from, to }, because) => {
            if (because !== 'kept-away' || here.nowUs < 18e6) return;
            for (const node of [from, to]) lost.set(`${node}`, (lost.get(`${node}`) ?? 0) + 1);
          },
        },
      ],
    );
    expect(result).toMatchObject({ verdict: 'passed', endedBecause: 'converged' });
    expect(epochsIn(world).epochs.slice(1)).toEqual([3, 3, 3, 3, 3, 3]);
    expect(epochsIn(world).rekeyed).toEqual([2]);
    const { present } = world.epochs;
    expect([votersOf(present).map(({ index }) => index), quorumOf(present)]).toEqual([[1, 2, 3, 4, 5, 6], 5]);
    expect(lost.get('0')).toBeGreaterThan(100);
    expect(new Set(result.cities.slice(1).map(({ stateRoot }) => stateRoot)).size).toBe(1);
  });
});

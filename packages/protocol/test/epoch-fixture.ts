import { expect } from 'vitest';
import type { RecordLocation } from '../src/replica/index.ts';
import type { change, MembershipMaker } from './membership-fixture.ts';
import type { ScriptedNetwork } from './scripted-network.ts';

/** Where a submission was sealed. */
export function sealedIn(network: ScriptedNetwork, city: number, id: number): RecordLocation {
  const sealed = network.effects(city, 'sealed').find((effect) => effect.id === id);
  if (sealed === undefined) throw new Error(`submission ${id} is not sealed`);
  return sealed.first;
}

/** The outcome of a record in one city: undefined while it is not executed, 'applied', or the code. */
export function outcomeIn(
  network: ScriptedNetwork,
  city: number,
  { lane, sequence, position }: RecordLocation,
): string | undefined {
  for (const { outcomes } of network.effects(city, 'executed')) {
    for (const { location, rejected } of outcomes) {
      const same = location.lane === lane && location.sequence === sequence && location.position === position;
      if (same) return rejected ?? 'applied';
    }
  }
  return undefined;
}

/** One city proposes, others approve when the proposal is final with them. */
export async function decideIn(
  network: ScriptedNetwork,
  maker: MembershipMaker,
  proposer: number,
  what: ReturnType<typeof change>,
  approvers: readonly number[],
): Promise<RecordLocation> {
  const { genesis } = network.replica(proposer);
  const proposal = sealedIn(network, proposer, network.submit(proposer, [maker.propose(genesis, what)]));
  await network.until(() => approvers.every((city) => outcomeIn(network, city, proposal) !== undefined), 10_000);
  expect(outcomeIn(network, proposer, proposal)).toBe('applied');
  for (const city of approvers) network.submit(city, [maker.approve(proposal)]);
  return proposal;
}

/** Whether all of these cities are in an epoch. */
export function areIn(network: ScriptedNetwork, cities: readonly number[], epoch: number): boolean {
  return cities.every((city) => network.replica(city).status().epoch === epoch);
}

/** What a city's store has under a key. */
export async function storedIn(network: ScriptedNetwork, city: number, key: Uint8Array): Promise<Uint8Array> {
  return (await network.cities[city]?.store.get(key)) ?? new Uint8Array(0);
}

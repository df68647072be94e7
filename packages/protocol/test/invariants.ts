import { expect } from 'vitest';
import { toHex } from '../src/bytes.ts';
import type { ScriptedNetwork } from './scripted-network.ts';

/** One block per height in all cities, ever (agreement), and equal roots at equal heights. */
export function expectAgreement(network: ScriptedNetwork): void {
  const blockAt = new Map<number, string>();
  for (const { index } of network.cities) {
    for (const { height, blockDigest } of network.effects(index, 'finalized')) {
      const digest = toHex(blockDigest);
      expect(blockAt.get(height) ?? digest, `city ${index}, height ${height}`).toBe(digest);
      blockAt.set(height, digest);
    }
  }
  const rootsAt = new Map<number, string>();
  for (const { height, historyRoot, stateRoot } of network.roots()) {
    expect(rootsAt.get(height) ?? `${historyRoot}${stateRoot}`).toBe(`${historyRoot}${stateRoot}`);
    rootsAt.set(height, `${historyRoot}${stateRoot}`);
  }
}

/** All live cities executed at least this many records, and stand at one height with equal roots. */
export function converged(network: ScriptedNetwork, records: number): boolean {
  const roots = network.roots();
  const live = network.cities.filter(({ replica }) => replica !== undefined);
  if (roots.length !== live.length) return false;
  if (new Set(roots.map((root) => JSON.stringify(root))).size !== 1) return false;
  return live.every(({ replica }) => {
    const status = replica?.status();
    return status !== undefined && status.lanes.reduce((sum, lane) => sum + lane.executed, 0) >= records;
  });
}

/** Digests of all records that some city's host was told are sealed: none of them may be lost. */
export function sealedEntries(network: ScriptedNetwork): number {
  let count = 0;
  for (const { index } of network.cities) count += network.effects(index, 'sealed').length;
  return count;
}

import { expect } from 'vitest';
import { toHex } from '../src/bytes.ts';
import { decodeStrict } from '../src/codec/index.ts';
import { decodeBlock } from '../src/consensus/block.ts';
import { decodeVote } from '../src/consensus/votes.ts';
import { unwrap } from '../src/errors.ts';
import { ProposalSchema } from '../src/gen/hansa/v1/consensus_pb.ts';
import type { Authority } from '../src/genesis/types.ts';
import { decodeEntry } from '../src/lanes/index.ts';
import { limits } from '../src/limits.ts';
import { splitEnvelope } from '../src/replica/index.ts';
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

/**
 * What an honest city never says, whatever befalls it: two Notarize or two Finalize of a view, Finalize and Nullify of
 * a view, two blocks of a view, two entries of a sequence. Over all its lives. And it said nothing that was not durable,
 * and nothing for which another honest city holds it to have misbehaved (G1).
 */
export function expectHonesty(network: ScriptedNetwork, liars: readonly number[] = []): void {
  const { domains, genesis } = network.federation;
  // C12: epochs may have more authorities than the genesis.
  const n = limits.authoritiesMax;
  const seats = Array.from({ length: n }, (_, seat) => ({ ...(genesis.authorities[0] as Authority), index: seat }));
  const ever = { ...genesis, epoch: Number.MAX_SAFE_INTEGER, authorities: seats };
  for (const { index, effects } of network.cities) {
    if (liars.includes(index)) continue;
    for (const { from, why } of network.effects(index, 'misbehaved')) {
      expect(liars, `city ${index} blames city ${from}: ${why}`).toContain(from);
    }
    const said = new Map<string, string>();
    const once = (place: string, what: string) => {
      expect(said.get(place) ?? what, `city ${index}: ${place}`).toBe(what);
      said.set(place, what);
    };
    const { durable, flush } = durability();
    for (const effect of effects) {
      if (effect.kind === 'persist') flush(effect);
      if (effect.kind !== 'broadcast' && effect.kind !== 'publish') continue;
      const { kind, payload } = unwrap(splitEnvelope(effect.bytes));
      if (kind === 'vote') {
        const { statement } = unwrap(decodeVote(domains, n, payload));
        const place = `${statement.epoch}/${statement.view}`;
        if (statement.kind === 1) once(`notarize ${place}`, toHex(statement.block));
        else once(`finalize or nullify ${place}`, `${statement.kind} ${toHex(statement.block)}`);
      } else if (kind === 'proposal') {
        const block = unwrap(decodeBlock(domains, n, unwrap(decodeStrict(ProposalSchema, payload)).block));
        once(`block ${block.epoch}/${block.view}`, toHex(block.digest));
      } else if (kind === 'entry') {
        const { header } = unwrap(decodeEntry(domains, ever, payload, 'any'));
        once(`entry ${header.epoch}/${header.lane}/${header.sequence}`, toHex(header.digest));
        continue; // announcements are not stored as they are sent
      }
      expect(durable.has(toHex(payload)), `city ${index}: ${kind} is durable before it is said`).toBe(true);
    }
  }
}

function durability() {
  const durable = new Set<string>();
  let pending: string[] = [];
  const flush = (effect: { writes: readonly { value: Uint8Array | undefined }[]; flush: boolean }) => {
    for (const { value } of effect.writes) if (value !== undefined) pending.push(toHex(value));
    if (!effect.flush) return;
    for (const value of pending) durable.add(value);
    pending = [];
  };
  return { durable, flush };
}

/** All live cities executed at least this many entries, and stand at one height with equal roots. */
export function converged(network: ScriptedNetwork, entries: number): boolean {
  const roots = network.roots();
  const live = network.cities.filter(({ replica }) => replica !== undefined);
  if (roots.length !== live.length) return false;
  if (new Set(roots.map((root) => JSON.stringify(root))).size !== 1) return false;
  return live.every(({ replica }) => {
    const status = replica?.status();
    return status !== undefined && status.lanes.reduce((sum, lane) => sum + lane.executed, 0) >= entries;
  });
}

/** Entries that some city's host was told are sealed: none of them may be lost. */
export function sealedEntries(network: ScriptedNetwork): number {
  let count = 0;
  for (const { index } of network.cities) count += network.effects(index, 'sealed').length;
  return count;
}

/** Every entry that was sealed is executed by every live city, with an outcome for each record. */
export function expectNothingLost(network: ScriptedNetwork): void {
  for (const { index } of network.cities) {
    const last = Math.max(0, ...network.effects(index, 'sealed').map(({ first }) => first.sequence));
    for (const { replica } of network.cities) {
      if (replica !== undefined) expect(replica.status().lanes[index]?.executed).toBeGreaterThanOrEqual(last);
    }
  }
}

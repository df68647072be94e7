import { HansaError, type Rejection, toHex } from '@hansa/protocol';
import { decodeBlock } from '@hansa/protocol/consensus';
import type { Domains } from '@hansa/protocol/crypto';
import { type AuthorityIndex, type Genesis, isVoter, quorumOf, votersOf } from '@hansa/protocol/genesis';
import type { DecodedEntry } from '@hansa/protocol/lanes';
import type { Ledger } from '@hansa/protocol/ledger';
import { type ReplicaStatus, type StoreReader, tableRange } from '@hansa/protocol/replica';
import type { BlockView, CityStatus, EntryView, LaneView, LedgerMember } from '../api/ports.ts';
import type { PeerView, Traffic } from '../network/index.ts';
import { refusal } from '../services/meanings.ts';
import type { Tallies } from './tallies.ts';

/** What a city's status is told from. */
export interface StatusSources {
  readonly core: ReplicaStatus;
  readonly ledger: Ledger;
  readonly tallies: Tallies;
  /** Of the present epoch. */
  readonly genesis: Genesis;
  readonly peers: readonly PeerView[];
  readonly traffic: Traffic;
  readonly self: LedgerMember;
  readonly alarm: Rejection | undefined;
}

/** Where the city stands, in the words of the API. */
export function statusView(sources: StatusSources): CityStatus {
  const { core, ledger, tallies, genesis, peers, traffic, self } = sources;
  const state = ledger.checkpoint();
  const waits = self.newcomer === true;
  const alarm = sources.alarm ?? seatAlarm(core, self);
  return {
    joined: core.joined && !waits,
    votes: core.votes,
    voters: votersOf(genesis).length,
    quorum: quorumOf(genesis),
    halted: core.halted,
    behind: core.behind,
    epoch: core.epoch,
    view: core.view,
    finalizedHeight: core.finalizedHeight,
    executedHeight: core.executedHeight,
    checkpointHeight: core.checkpointHeight,
    timestampMs: tallies.timestampMs,
    historyRoot: state === undefined ? '' : toHex(state.historyRoot),
    stateRoot: state === undefined ? '' : toHex(state.stateRoot),
    entries: state?.historySize ?? 0,
    records: tallies.records,
    rejectedRecords: tallies.rejected,
    facts: ledger.factCount,
    peers: peers.map(({ name, kind, connected, index }) => ({ name, kind, connected, votes: hasVote(genesis, index) })),
    bytesIn: traffic.bytesIn,
    bytesOut: traffic.bytesOut,
    ...(alarm === undefined ? {} : { alarm: { code: alarm.code, message: alarm.message } }),
  };
}

/** C12: what follows from the seat: it ends by itself when the seat is another one. */
function seatAlarm({ votes }: ReplicaStatus, { newcomer, index }: LedgerMember): Rejection | undefined {
  if (newcomer === true) return refusal('SEAT_NOT_YET');
  return index === undefined || votes ? undefined : refusal('NO_LONGER_VOTING');
}

/** C12: whether a member has a vote in the present epoch. */
function hasVote(genesis: Genesis, index: AuthorityIndex | undefined): boolean {
  return index !== undefined && isVoter(genesis, index);
}

/** C6, C12: whether as many voters of the present epoch are connected, the city itself among them if it votes, as decide. */
export function isQuorum(genesis: Genesis, { votes }: ReplicaStatus, connected: readonly PeerView[]): boolean {
  const others = connected.filter(({ index }) => hasVote(genesis, index)).length;
  return others + (votes ? 1 : 0) >= quorumOf(genesis);
}

/** Where each lane stands, by index. */
export function laneViews({ lanes }: ReplicaStatus): LaneView[] {
  return lanes.map((lane, index) => ({
    lane: index,
    heldSequence: lane.held,
    finalizedSequence: lane.finalized,
    executedSequence: lane.executed,
    quarantined: lane.quarantined,
  }));
}

/** A final block of the store. */
export function blockView(domains: Domains, genesis: Genesis, bytes: Uint8Array): BlockView {
  const decoded = decodeBlock(domains, genesis.authorities.length, bytes);
  if (!decoded.ok) throw new HansaError(decoded.error.code, decoded.error.message);
  const { height, view, epoch, timestampMs, digest, parent, advances, checkpoint } = decoded.value;
  return {
    height,
    view,
    epoch,
    timestampMs,
    digest: toHex(digest),
    parent: toHex(parent),
    advances: advances.map(({ lane, sequence }) => ({ lane, sequence })),
    checkpoint: {
      height: checkpoint.height,
      historySize: checkpoint.historySize,
      historyRoot: toHex(checkpoint.historyRoot),
      stateRoot: toHex(checkpoint.stateRoot),
    },
  };
}

/** An entry of a lane; `height` when it was executed. */
export function entryView(lane: AuthorityIndex, entry: DecodedEntry, height: number | undefined): EntryView {
  const { header, records } = entry;
  return {
    lane,
    sequence: header.sequence,
    digest: toHex(header.digest),
    previousDigest: toHex(header.previous),
    recordsRoot: toHex(header.recordsRoot),
    byteLength: header.byteLength,
    createdAtMs: header.createdAtMs,
    ...(height === undefined ? {} : { height }),
    records,
  };
}

const BLOCKS_MAX = 1000;

/** Final blocks from a height on, or the newest ones; ascending. */
export async function blockViews(
  store: StoreReader,
  domains: Domains,
  genesis: Genesis,
  options: { readonly from?: number; readonly limit: number },
): Promise<readonly BlockView[]> {
  const limit = Math.min(options.limit, BLOCKS_MAX);
  const newest = options.from === undefined;
  const views: BlockView[] = [];
  const range = { ...tableRange('blocks', newest ? [] : [options.from ?? 0]), limit, reverse: newest };
  for await (const [, bytes] of store.range(range)) views.push(blockView(domains, genesis, bytes));
  return newest ? views.reverse() : views;
}

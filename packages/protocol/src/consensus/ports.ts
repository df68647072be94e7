import type { Crypto, Domains } from '../crypto/index.ts';
import type { Rejection } from '../errors.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import type { Misbehaviour, TimerName, Write } from '../replica/effects.ts';
import type { EnvelopeKind } from '../replica/envelope.ts';
import type { BlockCheckpoint, CarriedBlock, Cut, LaneAdvance } from './block.ts';
import type { BlockNode } from './block-tree.ts';
import type { FinalBlock } from './final-chain.ts';
import type { CarriedCertificate, CarriedVote } from './votes.ts';

/** What agreement needs of the rest of the city. The replica implements it; tests may script it. */
export interface SimplexPorts {
  persist(writes: readonly Write[], flush: boolean): void;
  send(to: AuthorityIndex, kind: EnvelopeKind, payload: Uint8Array): void;
  /** To every other authority. */
  broadcast(kind: EnvelopeKind, payload: Uint8Array): void;
  setTimer(
    name: Extract<TimerName, 'view' | 'resend' | 'propose' | 'resync' | 'relay'>,
    atMs: number | undefined,
  ): void;
  alarm(error: Rejection): void;
  /** A member sent what no honest member sends. */
  misbehaved(from: AuthorityIndex, why: Misbehaviour): void;
  /** Both are signed by their voter. */
  conflictingVotes(first: CarriedVote, second: CarriedVote): void;
  /** Bytes of two `Proposal`s of one view. */
  conflictingProposals(first: Uint8Array, second: Uint8Array): void;

  /** C2: what a leader adds to a cut. */
  collectAdvances(cut: Cut): LaneAdvance[];
  /** Whether some lane can be advanced beyond a cut with what is held. */
  isAheadOf(cut: Cut): boolean;
  /** C3: whether all lane bytes that a block adds to its parent's cut are held; asks for what is missing. */
  checkAdvances(block: CarriedBlock, parent: BlockNode): 'held' | 'missing' | 'invalid';
  /** Height of the newest executed block. */
  executedHeight(): number;
  /** Own executed state at a height; undefined when it is not executed or no longer kept. */
  checkpointAt(height: number): BlockCheckpoint | undefined;
  /** The newest finalization was told to the authorities; others may want it too. */
  finalizationRelayed(finalization: CarriedCertificate): void;
  /** C11: a block with a notarization; its checkpoint must not contradict the own state. */
  notarized(node: BlockNode): void;
  /**
   * Blocks became final, oldest first. `discarded`: those on top of a seal, up to the one that the finalization is about
   * (C12); none when it is about the last of `path`.
   */
  finalized(path: readonly BlockNode[], finalization: CarriedCertificate, discarded: readonly BlockNode[]): void;
  /** A valid proposal names an unknown parent: fetch it from its leader or others. */
  wantParent(block: CarriedBlock, leader: AuthorityIndex): void;
}

/** Who this city is, with its secrets. */
export interface SimplexSelf {
  readonly index: AuthorityIndex;
  readonly laneSecret: Uint8Array;
  readonly voteSecret: Uint8Array;
}

export interface SimplexOptions {
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  readonly domains: Domains;
  readonly ports: SimplexPorts;
  /** Undefined for an observer, who follows certificates and says nothing. */
  readonly self: SimplexSelf | undefined;
  /** The newest final block. */
  readonly root: BlockNode;
  /** Newest final blocks, oldest first, as far as they are remembered; the root is the last. */
  readonly finals: readonly FinalBlock[];
}

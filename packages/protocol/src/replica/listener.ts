import type { DecodedProposal } from '../consensus/proposal.ts';
import type { Simplex } from '../consensus/simplex.ts';
import type { CarriedCertificate, CarriedVote } from '../consensus/votes.ts';
import { invariant } from '../errors.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { Misbehaviour } from './effects.ts';
import type { EvidenceDesk } from './evidence-desk.ts';
import type { FrameReader } from './frame.ts';
import type { LaneDesk } from './lane-desk.ts';
import type { ProtocolContext, Verifier } from './verifier.ts';

export interface ListenerOptions {
  readonly context: ProtocolContext;
  readonly reader: FrameReader;
  readonly verifier: Verifier;
  readonly simplex: Simplex;
  readonly lanes: LaneDesk;
  readonly evidence: EvidenceDesk;
  /** C12: a member spoke in an epoch that is over, or has not begun here. */
  readonly otherEpoch: (from: AuthorityIndex, epoch: number) => void;
}

/**
 * What other members say, on direct streams and by gossip: read, verified and handed on. Each message is verified by
 * everybody who passes it on (G1), so each function tells why its sender misbehaved, if so.
 */
export class Listener {
  readonly #options: ListenerOptions;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  hear(nowMs: number, from: AuthorityIndex, bytes: Uint8Array): Misbehaviour | undefined {
    const frame = this.#options.reader.read(bytes);
    switch (frame?.kind) {
      case 'proposal':
        return this.#hearProposal(nowMs, frame.proposal, frame.bytes);
      case 'vote':
        return this.#hearVote(nowMs, from, frame.vote);
      case 'certificate':
        return this.hearCertificate(nowMs, frame.certificate);
      case 'entry':
        return this.#options.lanes.onEntry(nowMs, from, frame.entry);
      case 'evidence':
        return this.#options.evidence.considerBytes(frame.bytes);
      case 'of-another-epoch':
        this.#options.otherEpoch(from, frame.epoch); // guard: C12 what another epoch says is refused
        return undefined;
      case undefined:
        return 'malformed';
    }
  }

  hearCertificate(nowMs: number, certificate: CarriedCertificate): Misbehaviour | undefined {
    const { verifier, simplex } = this.#options;
    if (!simplex.wantsCertificate(certificate.statement)) return undefined;
    if (!verifier.certificate(certificate.bytes)) return 'wrong-signature'; // guard: G1 nothing unverified is believed
    simplex.onCertificate(nowMs, certificate);
    return undefined;
  }

  /** Whether a gossip message may be forwarded: well formed, signed by a member, of some use (G1). */
  verifyGossip(topic: 'lanes' | 'final', bytes: Uint8Array): 'accept' | 'ignore' | 'reject' {
    const { reader, verifier, simplex, lanes } = this.#options;
    const frame = reader.read(bytes);
    if (frame?.kind === 'of-another-epoch') return 'ignore';
    if (topic === 'lanes') return frame?.kind === 'entry' ? lanes.judgeGossip(frame.entry) : 'reject';
    if (frame?.kind !== 'certificate') return 'reject';
    if (!simplex.wantsCertificate(frame.certificate.statement)) return 'ignore';
    return verifier.certificate(frame.certificate.bytes) ? 'accept' : 'reject';
  }

  #hearProposal(nowMs: number, { block, signed }: DecodedProposal, bytes: Uint8Array): Misbehaviour | undefined {
    const { context, simplex } = this.#options;
    const { crypto, domains, genesis } = context;
    if (!simplex.wantsProposal(block)) return undefined;
    const leader = genesis.authorities[simplex.leaderOf(block.view)];
    invariant(leader !== undefined, 'every view has a leader');
    const message = domains.message('proposal', signed.statement);
    if (!crypto.ed25519.verify(signed.signature, message, leader.laneKey)) return 'wrong-signature'; // guard: C3 only the leader proposes
    simplex.onProposal(nowMs, { block, bytes });
    return undefined;
  }

  #hearVote(nowMs: number, from: AuthorityIndex, vote: CarriedVote): Misbehaviour | undefined {
    // Nobody can spend this city's pairing checks in another's name.
    if (vote.voter !== from) return 'vote-of-another'; // guard: G1 a vote comes from its voter
    this.#options.simplex.onVote(nowMs, vote);
    return undefined;
  }
}

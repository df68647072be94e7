import { EPOCH } from '../consensus/epoch.ts';
import { decodeProposal } from '../consensus/proposal.ts';
import type { Simplex } from '../consensus/simplex.ts';
import { decodeVote } from '../consensus/votes.ts';
import { invariant } from '../errors.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { decodeCarriedCertificate } from './catch-up.ts';
import type { Misbehaviour } from './effects.ts';
import { splitEnvelope } from './envelope.ts';
import type { EvidenceDesk } from './evidence-desk.ts';
import type { LaneDesk } from './lane-desk.ts';
import type { ProtocolContext, Verifier } from './verifier.ts';

export interface ListenerOptions {
  readonly context: ProtocolContext;
  readonly verifier: Verifier;
  readonly simplex: Simplex;
  readonly lanes: LaneDesk;
  readonly evidence: EvidenceDesk;
}

/**
 * What other members say, on direct streams and by gossip: decoded, verified and handed on. Each message is verified by
 * everybody who passes it on (G1), so each function tells why its sender misbehaved, if so.
 */
export class Listener {
  readonly #options: ListenerOptions;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  hear(nowMs: number, from: AuthorityIndex, bytes: Uint8Array): Misbehaviour | undefined {
    const envelope = splitEnvelope(bytes);
    if (!envelope.ok) return 'malformed';
    const { kind, payload } = envelope.value;
    if (kind === 'proposal') return this.#hearProposal(nowMs, payload);
    if (kind === 'vote') return this.#hearVote(nowMs, from, payload);
    if (kind === 'certificate') return this.hearCertificate(nowMs, payload);
    if (kind === 'entry') return this.#options.lanes.onEntry(nowMs, from, payload);
    return this.#options.evidence.considerBytes(payload);
  }

  hearCertificate(nowMs: number, bytes: Uint8Array): Misbehaviour | undefined {
    const { context, verifier, simplex } = this.#options;
    const certificate = decodeCarriedCertificate(context.domains, bytes);
    if (certificate === undefined) return 'malformed';
    if (!simplex.wantsCertificate(certificate.statement)) return undefined;
    if (!verifier.certificate(bytes)) return 'wrong-signature'; // guard: G1 nothing unverified is believed
    simplex.onCertificate(nowMs, certificate);
    return undefined;
  }

  /** Whether a gossip message may be forwarded: well formed, signed by a member, of some use (G1). */
  verifyGossip(topic: 'lanes' | 'final', bytes: Uint8Array): 'accept' | 'ignore' | 'reject' {
    const { context, verifier, simplex, lanes } = this.#options;
    const envelope = splitEnvelope(bytes);
    if (!envelope.ok) return 'reject';
    const { kind, payload } = envelope.value;
    if (topic === 'lanes') {
      if (kind !== 'entry') return 'reject';
      return lanes.isWorthForwarding(payload) ? 'accept' : 'reject';
    }
    const certificate = kind === 'certificate' ? decodeCarriedCertificate(context.domains, payload) : undefined;
    if (certificate === undefined) return 'reject';
    if (!simplex.wantsCertificate(certificate.statement)) return 'ignore';
    return verifier.certificate(payload) ? 'accept' : 'reject';
  }

  #hearProposal(nowMs: number, bytes: Uint8Array): Misbehaviour | undefined {
    const { context, simplex } = this.#options;
    const { crypto, domains, genesis } = context;
    const proposal = decodeProposal(domains, genesis.authorities.length, bytes);
    if (!proposal.ok) return 'malformed';
    const { block, signed } = proposal.value;
    if (block.epoch !== EPOCH) return undefined; // guard: C12 proposals of other epochs are refused
    if (!simplex.wantsProposal(block)) return undefined;
    const leader = genesis.authorities[simplex.leaderOf(block.view)];
    invariant(leader !== undefined, 'every view has a leader');
    const message = domains.message('proposal', signed.statement);
    if (!crypto.ed25519.verify(signed.signature, message, leader.laneKey)) return 'wrong-signature'; // guard: C3 only the leader proposes
    simplex.onProposal(nowMs, { block, bytes });
    return undefined;
  }

  #hearVote(nowMs: number, from: AuthorityIndex, bytes: Uint8Array): Misbehaviour | undefined {
    const { context, simplex } = this.#options;
    const vote = decodeVote(context.domains, context.genesis.authorities.length, bytes);
    if (!vote.ok) return 'malformed';
    // Nobody can spend this city's pairing checks in another's name.
    if (vote.value.voter !== from) return 'vote-of-another'; // guard: G1 a vote comes from its voter
    simplex.onVote(nowMs, vote.value);
    return undefined;
  }
}

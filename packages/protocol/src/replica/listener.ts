import { decodeStrict } from '../codec/index.ts';
import { decodeBlock } from '../consensus/block.ts';
import { EPOCH } from '../consensus/epoch.ts';
import type { Simplex } from '../consensus/simplex.ts';
import { decodeVote } from '../consensus/votes.ts';
import { invariant } from '../errors.ts';
import { ProposalSchema } from '../gen/hansa/v1/consensus_pb.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { limits } from '../limits.ts';
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
    const decoded = decodeStrict(ProposalSchema, bytes, limits.blockBytesMax + 256);
    const block = decoded.ok ? decodeBlock(domains, genesis.authorities.length, decoded.value.block) : decoded;
    if (!decoded.ok || !block.ok) return 'malformed';
    if (block.value.epoch !== EPOCH) return undefined; // guard: C12 proposals of other epochs are refused
    if (!simplex.wantsProposal(block.value)) return undefined;
    const leader = genesis.authorities[simplex.leaderOf(block.value.view)];
    invariant(leader !== undefined, 'every view has a leader');
    const signed = domains.message('proposal', decoded.value.block);
    if (!crypto.ed25519.verify(decoded.value.signature, signed, leader.laneKey)) return 'wrong-signature'; // guard: C3 only the leader proposes
    simplex.onProposal(nowMs, { block: block.value, bytes });
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

import { equalBytes } from '../bytes.ts';
import { decodeStrict, safeNumber } from '../codec/index.ts';
import { type DecodedProposal, decodeProposal } from '../consensus/proposal.ts';
import { type CarriedCertificate, type CarriedVote, decodeVote } from '../consensus/votes.ts';
import type { Domains } from '../crypto/index.ts';
import type { Result } from '../errors.ts';
import { EntryHeaderSchema, EntrySchema } from '../gen/hansa/v1/lane_pb.ts';
import { epochOf } from '../genesis/authority-set.ts';
import { type DecodedEntry, decodeEntry, type VerifiedEntry, verifyRecords } from '../lanes/index.ts';
import { limits } from '../limits.ts';
import { decodeCarriedCertificate } from './catch-up.ts';
import { type EnvelopeKind, splitEnvelope } from './envelope.ts';
import type { ProtocolContext } from './verifier.ts';

/** A frame of a direct stream or a gossip message, decoded. Nothing of it is verified. */
export type Frame =
  | { readonly kind: 'proposal'; readonly proposal: DecodedProposal; readonly bytes: Uint8Array }
  | { readonly kind: 'vote'; readonly vote: CarriedVote }
  | { readonly kind: 'certificate'; readonly certificate: CarriedCertificate }
  | { readonly kind: 'entry'; readonly entry: DecodedEntry }
  | { readonly kind: 'evidence'; readonly bytes: Uint8Array }
  /** Well formed, and of another epoch than the present one (C12). */
  | { readonly kind: 'of-another-epoch'; readonly epoch: number };

/**
 * How frames are read: a function of their bytes alone, and so are the records of an entry. A simulator, in which
 * hundreds of cities get the very same array, reads it once for all of them; nobody changes what it returns.
 */
export interface FrameReader {
  /** Undefined: malformed, or of another federation. */
  read(bytes: Uint8Array): Frame | undefined;
  /** R3: whether an entry's records are those of its header. */
  verifyRecords(entry: DecodedEntry): Result<VerifiedEntry>;
}

/** Reads each frame anew, as a daemon does: it gets no array twice. */
export class StrictFrameReader implements FrameReader {
  readonly #context: ProtocolContext;

  constructor(context: ProtocolContext) {
    this.#context = context;
  }

  read(bytes: Uint8Array): Frame | undefined {
    const envelope = splitEnvelope(bytes);
    if (!envelope.ok) return undefined;
    const { kind, payload } = envelope.value;
    const frame = this.#readPresent(kind, payload);
    // What does not fit the present set may be about another one, which has more authorities.
    const epoch = frame === undefined ? statedEpoch(this.#context.domains, kind, payload) : epochOfFrame(frame);
    if (epoch === undefined || epoch === epochOf(this.#context.genesis)) return frame;
    return { kind: 'of-another-epoch', epoch }; // guard: C12 what another epoch says is not held against the present set
  }

  #readPresent(kind: EnvelopeKind, payload: Uint8Array): Frame | undefined {
    const { domains, genesis } = this.#context;
    switch (kind) {
      case 'proposal': {
        const proposal = decodeProposal(domains, genesis.authorities.length, payload);
        return proposal.ok ? { kind, proposal: proposal.value, bytes: payload } : undefined;
      }
      case 'vote': {
        const vote = decodeVote(domains, genesis.authorities.length, payload);
        return vote.ok ? { kind, vote: vote.value } : undefined;
      }
      case 'certificate': {
        const certificate = decodeCarriedCertificate(domains, payload);
        return certificate === undefined ? undefined : { kind, certificate };
      }
      case 'entry': {
        const entry = decodeEntry(domains, genesis, payload);
        return entry.ok ? { kind, entry: entry.value } : undefined;
      }
      case 'evidence':
        return { kind, bytes: payload };
    }
  }

  verifyRecords(entry: DecodedEntry): Result<VerifiedEntry> {
    return verifyRecords(this.#context.crypto, this.#context.domains, entry);
  }
}

/** The epoch that a frame states; undefined: none. */
function epochOfFrame(frame: Frame): number | undefined {
  switch (frame.kind) {
    case 'proposal':
      return frame.proposal.block.epoch;
    case 'vote':
      return frame.vote.statement.epoch;
    case 'certificate':
      return frame.certificate.statement.epoch;
    case 'entry':
      return frame.entry.header.epoch;
    case 'of-another-epoch':
      return frame.epoch;
    case 'evidence':
      return undefined;
  }
}

/** The same of what no present set explains; undefined when it is of no epoch of this federation at all. */
function statedEpoch(domains: Domains, kind: EnvelopeKind, payload: Uint8Array): number | undefined {
  if (kind === 'proposal') {
    const proposal = decodeProposal(domains, limits.authoritiesMax, payload);
    return proposal.ok ? proposal.value.block.epoch : undefined;
  }
  if (kind === 'vote') {
    const vote = decodeVote(domains, limits.authoritiesMax, payload);
    return vote.ok ? vote.value.statement.epoch : undefined;
  }
  if (kind !== 'entry') return undefined;
  const entry = decodeStrict(EntrySchema, payload, limits.frameBytesMax);
  const header = decodeStrict(EntryHeaderSchema, entry.ok ? (entry.value.signed?.header ?? NO_BYTES) : NO_BYTES);
  if (!header.ok || !equalBytes(header.value.federationId, domains.federationId)) return undefined;
  return safeNumber(header.value.epoch);
}

const NO_BYTES = new Uint8Array(0);

import { type DecodedProposal, decodeProposal } from '../consensus/proposal.ts';
import { type CarriedCertificate, type CarriedVote, decodeVote } from '../consensus/votes.ts';
import type { Result } from '../errors.ts';
import { type DecodedEntry, decodeEntry, type VerifiedEntry, verifyRecords } from '../lanes/index.ts';
import { decodeCarriedCertificate } from './catch-up.ts';
import { splitEnvelope } from './envelope.ts';
import type { ProtocolContext } from './verifier.ts';

/** A frame of a direct stream or a gossip message, decoded. Nothing of it is verified. */
export type Frame =
  | { readonly kind: 'proposal'; readonly proposal: DecodedProposal; readonly bytes: Uint8Array }
  | { readonly kind: 'vote'; readonly vote: CarriedVote }
  | { readonly kind: 'certificate'; readonly certificate: CarriedCertificate }
  | { readonly kind: 'entry'; readonly entry: DecodedEntry }
  | { readonly kind: 'evidence'; readonly bytes: Uint8Array }
  /** Well formed, and of an epoch that this federation is not in (C12). */
  | { readonly kind: 'of-another-epoch' };

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
        if (entry.ok) return { kind, entry: entry.value };
        return entry.error.code === 'WRONG_EPOCH' ? { kind: 'of-another-epoch' } : undefined;
      }
      case 'evidence':
        return { kind, bytes: payload };
    }
  }

  verifyRecords(entry: DecodedEntry): Result<VerifiedEntry> {
    return verifyRecords(this.#context.crypto, this.#context.domains, entry);
  }
}

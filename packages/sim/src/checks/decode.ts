import { toHex } from '@hansa/protocol';
import type { Domains } from '@hansa/protocol/crypto';
import { splitEnvelope } from '@hansa/protocol/replica';
import {
  BlockSchema,
  decodeStrict,
  EntryHeaderSchema,
  EntrySchema,
  type Evidence,
  EvidenceSchema,
  ProposalSchema,
  ProposalStatementSchema,
  QuorumCertificateSchema,
  type SignedProposal,
  safeNumber,
  VoteKind,
  VoteSchema,
  VoteStatementSchema,
} from '@hansa/protocol/wire';
import { epochView } from './epoch-view.ts';

/**
 * What the checks read in bytes: fields as they stand, digests as hexadecimal text. Nothing here says what is allowed.
 * A `view` has its epoch in it (`epoch-view.ts`).
 */

export interface SeenAdvance {
  readonly lane: number;
  readonly sequence: number;
  readonly digest: string;
}

export interface SeenBlock {
  readonly digest: string;
  readonly view: number;
  readonly height: number;
  readonly parent: string;
  readonly parentView: number;
  readonly timestampMs: number;
  readonly advances: readonly SeenAdvance[];
  readonly checkpoint: {
    readonly height: number;
    readonly historySize: number;
    readonly historyRoot: string;
    readonly stateRoot: string;
    /** C12: digest of the next set; empty while none is decided. */
    readonly nextAuthoritySet: string;
  };
  readonly epoch: number;
  readonly bytes: Uint8Array;
}

export interface SeenStatement {
  readonly kind: VoteKind;
  readonly view: number;
  /** Empty for Nullify. */
  readonly block: string;
  readonly epoch: number;
  readonly bytes: Uint8Array;
}

export interface SeenVote {
  readonly statement: SeenStatement;
  readonly voter: number;
  readonly signature: Uint8Array;
}

export interface SeenCertificate {
  readonly statement: SeenStatement;
  readonly signers: Uint8Array;
  readonly signature: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface SeenProposal {
  readonly block: SeenBlock;
  readonly signed: SeenSigning;
}

/** What a leader signed about a block. */
export interface SeenSigning {
  readonly view: number;
  readonly block: string;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SeenHeader {
  readonly digest: string;
  readonly epoch: number;
  readonly lane: number;
  readonly sequence: number;
  readonly previous: string;
  readonly recordsRoot: string;
  readonly byteLength: number;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SeenEntry {
  readonly header: SeenHeader;
  /** Empty: an announcement. */
  readonly records: readonly Uint8Array[];
}

export type SeenFrame =
  | { readonly kind: 'proposal'; readonly proposal: SeenProposal }
  | { readonly kind: 'vote'; readonly vote: SeenVote }
  | { readonly kind: 'certificate'; readonly certificate: SeenCertificate }
  | { readonly kind: 'entry'; readonly entry: SeenEntry }
  | { readonly kind: 'evidence'; readonly evidence: Evidence };

/** Longer than any block, certificate or frame of an honest city. */
const BYTES_MAX = 2 * 1024 * 1024;

/** One decoded value for each piece of memory: a broadcast frame is decoded once, however many cities hear it. */
class Remembered<T> {
  readonly #known = new WeakMap<ArrayBufferLike, Map<number, T>>();

  get(bytes: Uint8Array, read: (bytes: Uint8Array) => T): T {
    let places = this.#known.get(bytes.buffer);
    if (places === undefined) {
      places = new Map();
      this.#known.set(bytes.buffer, places);
    }
    const place = bytes.byteOffset * BYTES_MAX + bytes.byteLength;
    let value = places.get(place);
    if (value === undefined) {
      value = read(bytes);
      places.set(place, value);
    }
    return value;
  }
}

/** Reads messages of one federation. Undefined: it is none, or of another federation. */
export class Decoder {
  readonly #domains: Domains;
  readonly #federation: string;
  readonly #frames = new Remembered<SeenFrame | 'unknown'>();
  readonly #blocks = new Remembered<SeenBlock | 'unknown'>();
  /** Heard, kept and written by many: a certificate is read as often as a frame. */
  readonly #certificates = new Remembered<SeenCertificate | 'unknown'>();

  constructor(domains: Domains) {
    this.#domains = domains;
    this.#federation = toHex(domains.federationId);
  }

  frame(bytes: Uint8Array): SeenFrame | undefined {
    const seen = this.#frames.get(bytes, () => this.#frame(bytes) ?? 'unknown');
    return seen === 'unknown' ? undefined : seen;
  }

  #frame(bytes: Uint8Array): SeenFrame | undefined {
    const envelope = splitEnvelope(bytes);
    if (!envelope.ok) return undefined;
    const { kind, payload } = envelope.value;
    switch (kind) {
      case 'proposal': {
        const proposal = this.proposal(payload);
        return proposal && { kind, proposal };
      }
      case 'vote': {
        const vote = this.vote(payload);
        return vote && { kind, vote };
      }
      case 'certificate': {
        const certificate = this.certificate(payload);
        return certificate && { kind, certificate };
      }
      case 'entry': {
        const entry = this.entry(payload);
        return entry && { kind, entry };
      }
      case 'evidence': {
        const evidence = decodeStrict(EvidenceSchema, payload, BYTES_MAX);
        return evidence.ok ? { kind, evidence: evidence.value } : undefined;
      }
    }
  }

  block(bytes: Uint8Array): SeenBlock | undefined {
    const seen = this.#blocks.get(bytes, () => this.#block(bytes) ?? 'unknown');
    return seen === 'unknown' ? undefined : seen;
  }

  #block(bytes: Uint8Array): SeenBlock | undefined {
    const decoded = decodeStrict(BlockSchema, bytes, BYTES_MAX);
    if (!decoded.ok) return undefined;
    const { federationId, epoch, parent, checkpoint } = decoded.value;
    if (toHex(federationId) !== this.#federation || checkpoint === undefined) return undefined;
    return {
      digest: toHex(this.#domains.digest('block', bytes)),
      view: viewOf(decoded.value),
      height: whole(decoded.value.height),
      parent: toHex(parent),
      parentView: viewOf({ epoch, view: decoded.value.parentView }),
      timestampMs: whole(decoded.value.timestampMs),
      advances: decoded.value.advances.map(({ lane, sequence, digest }) => ({
        lane,
        sequence: whole(sequence),
        digest: toHex(digest),
      })),
      checkpoint: {
        height: whole(checkpoint.height),
        historySize: whole(checkpoint.historySize),
        historyRoot: toHex(checkpoint.historyRoot),
        stateRoot: toHex(checkpoint.stateRoot),
        nextAuthoritySet: toHex(checkpoint.nextAuthoritySet),
      },
      epoch: whole(epoch),
      bytes,
    };
  }

  proposal(bytes: Uint8Array): SeenProposal | undefined {
    const decoded = decodeStrict(ProposalSchema, bytes, BYTES_MAX);
    const block = decoded.ok ? this.block(decoded.value.block) : undefined;
    const signed = decoded.ok ? this.signing(decoded.value.signed) : undefined;
    if (block === undefined || signed?.block !== block.digest || signed.view !== block.view) return undefined;
    return { block, signed };
  }

  signing(message: SignedProposal | undefined): SeenSigning | undefined {
    const decoded = decodeStrict(ProposalStatementSchema, message?.statement ?? new Uint8Array(0), BYTES_MAX);
    if (message === undefined || !decoded.ok || toHex(decoded.value.federationId) !== this.#federation)
      return undefined;
    return {
      view: viewOf(decoded.value),
      block: toHex(decoded.value.block),
      bytes: message.statement,
      signature: message.signature,
    };
  }

  vote(bytes: Uint8Array): SeenVote | undefined {
    const decoded = decodeStrict(VoteSchema, bytes, BYTES_MAX);
    const statement = decoded.ok ? this.statement(decoded.value.statement) : undefined;
    if (!decoded.ok || statement === undefined) return undefined;
    return { statement, voter: decoded.value.voter, signature: decoded.value.signature };
  }

  statement(bytes: Uint8Array): SeenStatement | undefined {
    const decoded = decodeStrict(VoteStatementSchema, bytes, BYTES_MAX);
    if (!decoded.ok || toHex(decoded.value.federationId) !== this.#federation) return undefined;
    const { kind, epoch, block } = decoded.value;
    return { kind, view: viewOf(decoded.value), block: toHex(block), epoch: whole(epoch), bytes };
  }

  certificate(bytes: Uint8Array): SeenCertificate | undefined {
    const seen = this.#certificates.get(bytes, () => this.#certificate(bytes) ?? 'unknown');
    return seen === 'unknown' ? undefined : seen;
  }

  #certificate(bytes: Uint8Array): SeenCertificate | undefined {
    const decoded = decodeStrict(QuorumCertificateSchema, bytes, BYTES_MAX);
    const statement = decoded.ok ? this.statement(decoded.value.statement) : undefined;
    if (!decoded.ok || statement === undefined) return undefined;
    return { statement, signers: decoded.value.signers, signature: decoded.value.signature, bytes };
  }

  header(bytes: Uint8Array, signature: Uint8Array): SeenHeader | undefined {
    const decoded = decodeStrict(EntryHeaderSchema, bytes, BYTES_MAX);
    if (!decoded.ok || toHex(decoded.value.federationId) !== this.#federation) return undefined;
    const { epoch, authority, sequence, previousDigest, recordsRoot, byteLength } = decoded.value;
    return {
      digest: toHex(this.#domains.digest('entry', bytes)),
      epoch: whole(epoch),
      lane: authority,
      sequence: whole(sequence),
      previous: toHex(previousDigest),
      recordsRoot: toHex(recordsRoot),
      byteLength,
      bytes,
      signature,
    };
  }

  entry(bytes: Uint8Array): SeenEntry | undefined {
    const decoded = decodeStrict(EntrySchema, bytes, BYTES_MAX);
    if (!decoded.ok || decoded.value.signed === undefined) return undefined;
    const header = this.header(decoded.value.signed.header, decoded.value.signed.signature);
    return header && { header, records: decoded.value.records };
  }
}

/** Numbers beyond 2^53 are of no honest block or vote: all of them read as one that is. */
function whole(value: bigint): number {
  return safeNumber(value) ?? Number.MAX_SAFE_INTEGER;
}

function viewOf({ epoch, view }: { readonly epoch: bigint; readonly view: bigint }): number {
  return epochView(whole(epoch), whole(view));
}

/** n - f, as the words of the specification have it. */
export function quorumOf(n: number): number {
  return n - Math.floor((n - 1) / 3);
}

/** The authorities that a bitmap names, ascending; undefined when it names others too or has another length. */
export function signersOf(bitmap: Uint8Array, n: number): number[] | undefined {
  if (bitmap.length !== Math.ceil(n / 8)) return undefined;
  const signers: number[] = [];
  for (let place = 0; place < bitmap.length * 8; place++) {
    const bit = ((bitmap[place >> 3] ?? 0) >> (place & 7)) & 1;
    if (bit === 0) continue;
    if (place >= n) return undefined;
    signers.push(place);
  }
  return signers;
}

export { VoteKind };

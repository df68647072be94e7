import { create } from '@bufbuild/protobuf';
import { compareBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { Hasher } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import { QuorumCertificateSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { FederationSchema, ReceiptSchema, SealProofSchema } from '../gen/hansa/v1/receipt_pb.ts';
import type { MapProof } from '../merkle/index.ts';
import type { RecordLocation } from '../replica/effects.ts';
import { appendChecksum } from './checksum.ts';

/** Everything that a receipt is put together from; all of it comes from one final block and its checkpoint. */
export interface ReceiptParts {
  /** Bytes of the `QuorumCertificate` that finalizes `block`. */
  readonly finalization: Uint8Array;
  /** Bytes of the block. */
  readonly block: Uint8Array;
  readonly factsRoot: Uint8Array;
  readonly requestsDigest: Uint8Array;
  readonly record?: RecordProofParts;
  /** C12: `SealProof` bytes of the epochs before that of the finalization, oldest first. */
  readonly seals?: readonly Uint8Array[];
  /** C12: the epoch that the first of them ends; left out, 0. */
  readonly sealsFrom?: number;
  /** Proofs in the checkpoint's map, in any order, one a key. */
  readonly facts: readonly MapProof[];
}

export interface RecordProofParts {
  readonly location: RecordLocation;
  readonly record: Uint8Array;
  /** Bytes of the `EntryHeader` and its signature. */
  readonly header: Uint8Array;
  readonly headerSignature: Uint8Array;
  /** From the record to the entry's recordsRoot. */
  readonly recordPath: readonly Uint8Array[];
  readonly historyIndex: number;
  /** From the entry digest to the checkpoint's historyRoot. */
  readonly historyPath: readonly Uint8Array[];
}

/** The receipt's bytes. Nothing is verified here; `verifyReceipt` does. Throws when `finalization` is malformed. */
export function encodeReceipt(hasher: Hasher, parts: ReceiptParts): Uint8Array {
  const { record } = parts;
  const facts = [...parts.facts].sort((a, b) => compareBytes(a.key, b.key));
  const content = encodeMessage(
    ReceiptSchema,
    create(ReceiptSchema, {
      finalization: unwrap(decodeStrict(QuorumCertificateSchema, parts.finalization)),
      block: parts.block,
      factsRoot: parts.factsRoot,
      requestsDigest: parts.requestsDigest,
      ...(record === undefined ? {} : { record: recordProof(record) }),
      facts: facts.map((proof) => ({
        key: proof.key,
        value: proof.value ?? new Uint8Array(),
        siblingBits: proof.siblingBits,
        siblings: [...proof.siblings],
        otherKey: proof.other?.key ?? new Uint8Array(),
        otherValueHash: proof.other?.valueHash ?? new Uint8Array(),
      })),
    }),
  );
  const epochs = create(ReceiptSchema, { seals: readSeals(parts.seals), sealsFrom: BigInt(parts.sealsFrom ?? 0) });
  return appendChecksum(hasher, content, encodeMessage(ReceiptSchema, epochs));
}

/** C12: the federation file: `genesis` is the genesis file, `seals` are the `SealProof` bytes of all epochs from 0 on. */
export function encodeFederation(genesis: Uint8Array, seals: readonly Uint8Array[]): Uint8Array {
  const file = create(FederationSchema, { format: 'hansa-federation/1', genesis, seals: readSeals(seals) });
  return encodeMessage(FederationSchema, file);
}

function readSeals(seals: readonly Uint8Array[] = []) {
  return seals.map((seal) => unwrap(decodeStrict(SealProofSchema, seal)));
}

function recordProof(parts: RecordProofParts) {
  const { lane, sequence, position } = parts.location;
  return {
    ref: { lane, sequence: BigInt(sequence), position },
    record: parts.record,
    signed: { header: parts.header, signature: parts.headerSignature },
    recordPath: [...parts.recordPath],
    historyIndex: BigInt(parts.historyIndex),
    historyPath: [...parts.historyPath],
  };
}

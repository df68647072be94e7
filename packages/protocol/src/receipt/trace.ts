import { decodeStrict } from '../codec/index.ts';
import { decodeBlock } from '../consensus/block.ts';
import { verifyQuorumCertificate } from '../consensus/quorum-certificate.ts';
import { Domains, type Hasher } from '../crypto/index.ts';
import { accept, invariant, type Result, unwrap } from '../errors.ts';
import { type FactProof, type Receipt, ReceiptSchema } from '../gen/hansa/v1/receipt_pb.ts';
import { quorumOf, votersOf } from '../genesis/authority-set.ts';
import { decodeHeader } from '../lanes/header.ts';
import { limits } from '../limits.ts';
import { keyBit, mapLeafHash } from '../merkle/map-proof.ts';
import { leafHash, nodeHash } from '../merkle/tree.ts';
import { recordId } from '../records/index.ts';
import type { RecordLocation } from '../replica/effects.ts';
import type { ReceiptContext } from './context.ts';
import { verifyReceipt } from './verify.ts';

/** One hash on the way to a root: the sibling, on which side it stands, and what the two give. */
export interface PathStep {
  readonly side: 'left' | 'right';
  /** Undefined: an empty subtree, which is 32 zero bytes to the hash. */
  readonly sibling: Uint8Array | undefined;
  readonly hash: Uint8Array;
}

export interface TracedRecord {
  readonly location: RecordLocation;
  readonly recordId: Uint8Array;
  readonly leaf: Uint8Array;
  readonly path: readonly PathStep[];
  readonly recordCount: number;
  readonly recordsRoot: Uint8Array;
  readonly entryDigest: Uint8Array;
  readonly historyIndex: number;
  readonly historyLeaf: Uint8Array;
  readonly historyPath: readonly PathStep[];
}

export interface TracedFact {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
  /** What stands at the end of the path: the fact's leaf, another one, or 32 zero bytes. */
  readonly leaf: Uint8Array;
  readonly path: readonly PathStep[];
}

/** Every step from a receipt's record and facts up to the signatures of the cities, for drawing. */
export interface ReceiptTrace {
  readonly record: TracedRecord | undefined;
  readonly facts: readonly TracedFact[];
  readonly factsRoot: Uint8Array;
  readonly block: {
    readonly digest: Uint8Array;
    readonly height: number;
    readonly timestampMs: number;
    readonly checkpointHeight: number;
    readonly historySize: number;
    readonly historyRoot: Uint8Array;
    readonly stateRoot: Uint8Array;
  };
  readonly finalization: { readonly signers: readonly number[]; readonly authorities: number; readonly quorum: number };
}

/** The steps of a receipt that `verifyReceipt` accepts; its refusal otherwise, with the same codes. */
export function traceReceipt(context: ReceiptContext, bytes: Uint8Array): Result<ReceiptTrace> {
  const verified = verifyReceipt(context, bytes);
  if (!verified.ok) return verified; // guard: L3 nothing is drawn that does not hold
  const { crypto } = context;
  const genesis = verified.value.federation;
  const domains = new Domains(crypto, genesis.federationId);
  const receipt = unwrap(decodeStrict(ReceiptSchema, bytes, limits.receiptBytesMax));
  const block = unwrap(decodeBlock(domains, genesis.authorities.length, receipt.block));
  invariant(receipt.finalization !== undefined, 'a verified receipt has a finalization');
  const { signers } = unwrap(verifyQuorumCertificate({ genesis, crypto, domains }, receipt.finalization));
  const { checkpoint } = block;
  return accept({
    record: traceRecord({ genesis, crypto }, domains, receipt, checkpoint.historySize),
    facts: receipt.facts.map((fact) => traceFact(crypto, fact)),
    factsRoot: receipt.factsRoot,
    block: {
      digest: domains.digest('block', receipt.block),
      height: block.height,
      timestampMs: block.timestampMs,
      checkpointHeight: checkpoint.height,
      historySize: checkpoint.historySize,
      historyRoot: checkpoint.historyRoot,
      stateRoot: checkpoint.stateRoot,
    },
    finalization: {
      signers,
      authorities: votersOf(genesis).length,
      quorum: quorumOf(genesis),
    },
  });
}

function traceRecord(
  { genesis, crypto }: ReceiptContext,
  domains: Domains,
  { record }: Receipt,
  historySize: number,
): TracedRecord | undefined {
  if (record?.ref === undefined || record.signed === undefined) return undefined;
  const header = unwrap(decodeHeader(domains, genesis, record.signed, 'any'));
  const { lane, position } = record.ref;
  const id = recordId(domains, record.record);
  const historyIndex = Number(record.historyIndex);
  return {
    location: { lane, sequence: header.sequence, position },
    recordId: id,
    leaf: leafHash(crypto, id),
    path: treeSteps(crypto, leafHash(crypto, id), position, header.recordCount, record.recordPath),
    recordCount: header.recordCount,
    recordsRoot: header.recordsRoot,
    entryDigest: header.digest,
    historyIndex,
    historyLeaf: leafHash(crypto, header.digest),
    historyPath: treeSteps(crypto, leafHash(crypto, header.digest), historyIndex, historySize, record.historyPath),
  };
}

/** RFC 9162 section 2.1.3.2, writing down every hash. */
function treeSteps(
  hasher: Hasher,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): PathStep[] {
  let position = index;
  let last = size - 1;
  let hash = leaf;
  return path.map((sibling) => {
    const left = position % 2 === 1 || position === last;
    hash = left ? nodeHash(hasher, sibling, hash) : nodeHash(hasher, hash, sibling);
    // A node at the right edge without a sibling rises unchanged.
    while (left && position % 2 === 0 && position !== 0) {
      position = Math.floor(position / 2);
      last = Math.floor(last / 2);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
    return { side: left ? 'left' : 'right', sibling, hash };
  });
}

function traceFact(hasher: Hasher, proof: FactProof): TracedFact {
  const { key, value, siblingBits, siblings, otherKey, otherValueHash } = proof;
  const present = value.length > 0;
  const empty = new Uint8Array(key.length);
  const leaf = present
    ? mapLeafHash(hasher, key, hasher.sha256(value))
    : otherKey.length > 0
      ? mapLeafHash(hasher, otherKey, otherValueHash)
      : empty;
  const path: PathStep[] = [];
  let hash = leaf;
  let next = siblings.length - 1;
  for (let depth = siblingBits.length * 8 - 1; depth >= 0; depth--) {
    const stands = keyBit(siblingBits, depth) === 1;
    // Below the deepest sibling there is nothing to hash with.
    if (!stands && next === siblings.length - 1) continue;
    const sibling = stands ? siblings[next--] : undefined;
    const side = keyBit(key, depth) === 1 ? 'left' : 'right';
    const pair = new Uint8Array(2 * key.length);
    pair.set(sibling ?? empty, side === 'left' ? 0 : key.length);
    pair.set(hash, side === 'left' ? key.length : 0);
    hash = hasher.sha256(pair);
    path.push({ side, sibling, hash });
  }
  return { key, value: present ? value : undefined, leaf, path };
}

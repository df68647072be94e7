import { create } from '@bufbuild/protobuf';
import { equalBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import type { Domains } from '../crypto/index.ts';
import { invariant } from '../errors.ts';
import { QuorumCertificateSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { type MembershipChange, MembershipChangeSchema } from '../gen/hansa/v1/families_pb.ts';
import { SealProofSchema } from '../gen/hansa/v1/receipt_pb.ts';
import { authoritySetDigest } from '../genesis/authority-set.ts';
import type { Genesis } from '../genesis/types.ts';
import type { Ledger } from '../ledger/index.ts';
import { tableRange } from './keys.ts';
import type { StoreReader } from './store.ts';

/** What a city keeps of the end of an epoch (C12). */
export interface SealRecord {
  /** Bytes of the `QuorumCertificate` that makes the last of `blocks` final. */
  readonly finalization: Uint8Array;
  /** Bytes of the seal and of the discarded blocks up to the finalized one. */
  readonly blocks: readonly Uint8Array[];
}

/** `SealProof` bytes; with its change it proves the next set to whoever knows this one. */
export function encodeSeal({ finalization, blocks }: SealRecord, change: Uint8Array = new Uint8Array(0)): Uint8Array {
  const certificate = decodeStrict(QuorumCertificateSchema, finalization);
  const message = create(SealProofSchema, {
    ...(certificate.ok ? { finalization: certificate.value } : {}),
    blocks: [...blocks],
    change,
  });
  return encodeMessage(SealProofSchema, message);
}

/**
 * The ends of all epochs before one, each with the change that made the next, for receipts: `SealProof` bytes, oldest
 * first. `changeOf`: of the ledger.
 */
export async function readSeals(
  store: StoreReader,
  epoch: number,
  changeOf: (epoch: number) => MembershipChange | undefined,
): Promise<Uint8Array[]> {
  const seals: Uint8Array[] = [];
  if (epoch === 0) return seals;
  for await (const [, value] of store.range({ ...tableRange('seals'), limit: epoch })) {
    const record = decodeSeal(value);
    const change = changeOf(seals.length + 1);
    invariant(record !== undefined && change !== undefined, 'an epoch that ended was decided');
    seals.push(encodeSeal(record, encodeMessage(MembershipChangeSchema, change)));
  }
  return seals;
}

/** What `encodeSeal` wrote; undefined on anything else. */
export function decodeSeal(bytes: Uint8Array): SealRecord | undefined {
  const decoded = decodeStrict(SealProofSchema, bytes);
  if (!decoded.ok || decoded.value.finalization === undefined || decoded.value.blocks.length === 0) return undefined;
  const finalization = encodeMessage(QuorumCertificateSchema, decoded.value.finalization);
  return { finalization, blocks: decoded.value.blocks };
}

/** The set of the next epoch, when it is the one that an executed seal names. */
export function sealedSet(domains: Domains, ledger: Ledger, { block }: BlockNode): Genesis | undefined {
  const next = block === undefined ? undefined : ledger.genesisOf(block.epoch + 1);
  const named = block?.checkpoint.nextAuthoritySet ?? new Uint8Array(0);
  return next !== undefined && equalBytes(authoritySetDigest(domains, next), named) ? next : undefined; // guard: C12 the set is the one that the seal names
}

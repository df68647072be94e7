import { create } from '@bufbuild/protobuf';
import { equalBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import { accept, type Rejection, type Result, reject } from '../errors.ts';
import { BlockSchema } from '../gen/hansa/v1/consensus_pb.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { limits } from '../limits.ts';

/** (sequence, digest) of a lane's last entry; sequence 0 with the zero digest before the first. */
export interface Tip {
  readonly sequence: number;
  readonly digest: Digest;
}

/** A tip that a block moves. */
export interface LaneAdvance extends Tip {
  readonly lane: AuthorityIndex;
}

/** The vector of tips, one per lane, that a block agrees on. */
export type Cut = readonly Tip[];

/** The ledger's state after executing the final block at `height` (C11). */
export interface BlockCheckpoint {
  readonly height: number;
  readonly historySize: number;
  readonly historyRoot: Digest;
  readonly stateRoot: Digest;
  /** Digest of the next epoch's authority set; empty while it does not change (C12). */
  readonly nextAuthoritySet: Uint8Array;
}

/** A block as its fields; the carried bytes travel beside it (R1). */
export interface BlockFields {
  readonly epoch: number;
  readonly view: number;
  readonly height: number;
  readonly parent: Digest;
  readonly parentView: number;
  readonly timestampMs: number;
  readonly advances: readonly LaneAdvance[];
  readonly checkpoint: BlockCheckpoint;
}

/** A decoded block with the bytes that its digest is over. */
export interface CarriedBlock extends BlockFields {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
}

export function encodeBlock(federationId: Digest, block: BlockFields): Uint8Array {
  return encodeMessage(
    BlockSchema,
    create(BlockSchema, {
      federationId,
      epoch: BigInt(block.epoch),
      view: BigInt(block.view),
      height: BigInt(block.height),
      parent: block.parent,
      parentView: BigInt(block.parentView),
      timestampMs: BigInt(block.timestampMs),
      advances: block.advances.map((advance) => ({
        lane: advance.lane,
        sequence: BigInt(advance.sequence),
        digest: advance.digest,
      })),
      checkpoint: {
        height: BigInt(block.checkpoint.height),
        historySize: BigInt(block.checkpoint.historySize),
        historyRoot: block.checkpoint.historyRoot,
        stateRoot: block.checkpoint.stateRoot,
        nextAuthoritySet: block.checkpoint.nextAuthoritySet,
      },
    }),
  );
}

/**
 * Strict decoding of a block of this federation. Everything that needs no other block is checked here: field sizes,
 * canonical bytes, advances ascending by lane, a present checkpoint.
 */
export function decodeBlock(domains: Domains, authorityCount: number, bytes: Uint8Array): Result<CarriedBlock> {
  const decoded = decodeStrict(BlockSchema, bytes, limits.blockBytesMax);
  if (!decoded.ok) return decoded;
  const message = decoded.value;
  if (!equalBytes(message.federationId, domains.federationId)) {
    return reject('WRONG_FEDERATION', 'The block belongs to another federation; check the genesis file of its sender.');
  }
  const [epoch, view, height, parentView, timestampMs] = [
    message.epoch,
    message.view,
    message.height,
    message.parentView,
    message.timestampMs,
  ].map(safeNumber);
  const { checkpoint } = message;
  if (
    epoch === undefined ||
    view === undefined ||
    height === undefined ||
    parentView === undefined ||
    timestampMs === undefined ||
    checkpoint === undefined ||
    message.parent.length !== 32
  ) {
    return malformedBlock('a field is missing or out of range');
  }
  const advances: LaneAdvance[] = [];
  for (const advance of message.advances) {
    const sequence = safeNumber(advance.sequence);
    const previousLane = advances.at(-1)?.lane ?? -1;
    if (sequence === undefined || advance.digest.length !== 32) return malformedBlock('an advance is malformed');
    if (advance.lane <= previousLane || advance.lane >= authorityCount) {
      return malformedBlock('advances are not ascending by known lane');
    }
    advances.push({ lane: advance.lane, sequence, digest: advance.digest });
  }
  const checkpointHeight = safeNumber(checkpoint.height);
  const historySize = safeNumber(checkpoint.historySize);
  if (
    checkpointHeight === undefined ||
    historySize === undefined ||
    checkpoint.historyRoot.length !== 32 ||
    checkpoint.stateRoot.length !== 32 ||
    (checkpoint.nextAuthoritySet.length !== 0 && checkpoint.nextAuthoritySet.length !== 32)
  ) {
    return malformedBlock('the checkpoint is malformed');
  }
  return accept({
    epoch,
    view,
    height,
    parent: message.parent,
    parentView,
    timestampMs,
    advances,
    checkpoint: {
      height: checkpointHeight,
      historySize,
      historyRoot: checkpoint.historyRoot,
      stateRoot: checkpoint.stateRoot,
      nextAuthoritySet: checkpoint.nextAuthoritySet,
    },
    bytes,
    digest: domains.digest('block', bytes),
  });
}

function malformedBlock(what: string): { ok: false; error: Rejection } {
  return reject('MALFORMED', `The block is malformed: ${what}. Its author must be fixed; the block is ignored.`);
}

/** The cut after a block whose parent has the cut `parent`. */
export function advanceCut(parent: Cut, advances: readonly LaneAdvance[]): Cut {
  if (advances.length === 0) return parent;
  const cut = parent.slice();
  for (const { lane, sequence, digest } of advances) cut[lane] = { sequence, digest };
  return cut;
}

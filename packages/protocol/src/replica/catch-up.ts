import { create } from '@bufbuild/protobuf';
import { equalBytes, toHex } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import { type CarriedBlock, decodeBlock } from '../consensus/block.ts';
import { verifyQuorumCertificate } from '../consensus/quorum-certificate.ts';
import type { Simplex } from '../consensus/simplex.ts';
import { type CarriedCertificate, decodeStatement, VoteKind } from '../consensus/votes.ts';
import type { Crypto, Digest, Domains } from '../crypto/index.ts';
import type { Result } from '../errors.ts';
import { QuorumCertificateSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { type Blocks, SyncRequestSchema } from '../gen/hansa/v1/sync_pb.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import type { Misbehaviour } from './effects.ts';
import type { ExecutionQueue } from './execution-queue.ts';
import { pieceOf } from './execution-queue.ts';
import { type Fetcher, wantEntries } from './fetcher.ts';

/** Final blocks that may wait for lane bytes before more blocks are fetched. */
const QUEUED_BLOCKS_MAX = 1024;
/** How many queued blocks ahead lane bytes are fetched for: bounds what is held in memory. */
const BLOCKS_AHEAD_MAX = 256;

interface WantedBlock {
  readonly digest: Digest;
  readonly prefer: AuthorityIndex;
  /** Highest view that the block may have: below that of the block that names it as its parent. */
  readonly viewMax: number;
}

/**
 * G3: how a city that was away comes back: newest finalization, the blocks below it, the lanes by hash. States its
 * needs to the fetcher after every input and checks every reply against what was asked.
 */
export class CatchUp {
  readonly #genesis: Genesis;
  readonly #crypto: Crypto;
  readonly #domains: Domains;
  readonly #simplex: Simplex;
  readonly #queue: ExecutionQueue;
  /** Newest finalization whose block is not connected to the final one. */
  #target: CarriedCertificate | undefined;
  readonly #wantedBlocks = new Map<string, WantedBlock>();
  /** C12: who spoke in an epoch that has not begun here: that city knows how this one ended. */
  #later: AuthorityIndex | undefined;

  constructor(context: {
    genesis: Genesis;
    crypto: Crypto;
    domains: Domains;
    simplex: Simplex;
    queue: ExecutionQueue;
  }) {
    this.#genesis = context.genesis;
    this.#crypto = context.crypto;
    this.#domains = context.domains;
    this.#simplex = context.simplex;
    this.#queue = context.queue;
  }

  /** C12: an epoch after this one is under way elsewhere. */
  heardLater(from: AuthorityIndex): void {
    this.#later = from;
  }

  wantParent(block: CarriedBlock, leader: AuthorityIndex): void {
    this.#wantBlock(block.parent, leader, block.view - 1);
  }

  /** The block, or the first of its ancestors that is not known. */
  #wantBlock(named: Digest, prefer: AuthorityIndex, namedViewMax: number): void {
    const missing = this.#simplex.tree.missingAncestor(named, namedViewMax);
    if (missing === undefined || this.#wantedBlocks.size >= limits.futureViewsMax) return;
    const { digest, viewMax } = missing;
    const hex = toHex(digest);
    this.#wantedBlocks.set(hex, {
      digest,
      prefer,
      viewMax: Math.max(viewMax, this.#wantedBlocks.get(hex)?.viewMax ?? 0),
    });
  }

  /** Whether final blocks are known to be missing, or wait for lane bytes. */
  get behind(): boolean {
    return this.#target !== undefined || this.#queue.length > 0;
  }

  state(fetcher: Fetcher, nowMs: number): void {
    this.#stateLaneBytes(fetcher, nowMs);
    // What contradicts the own chain cannot be put on it.
    if (this.#simplex.halting.safetyViolated) return;
    this.#forgetSettled();
    this.#wantCertified();
    const { tree } = this.#simplex;
    // A block or two that was lost on the way is fetched by digest; a long gap by height.
    const ahead = this.#target === undefined ? this.#later : this.#simplex.leaderOf(this.#target.statement.view);
    if (ahead !== undefined && !tree.root.sealed && this.#queue.length < QUEUED_BLOCKS_MAX) {
      const from = tree.root.height + 1;
      fetcher.want({
        key: 'blocks',
        request: () => encodeBlocksRequest(from, from + limits.syncBlocksMax - 1),
        prefer: [ahead],
        notBeforeMs: nowMs,
      });
    }
    for (const [hex, wanted] of this.#wantedBlocks) {
      fetcher.want({
        key: `block:${hex}`,
        request: () => encodeBlockRequest(wanted.digest),
        prefer: [wanted.prefer],
        notBeforeMs: nowMs,
      });
    }
  }

  /** Blocks that certificates name. Said anew each time: what found no room before may find it now. */
  #wantCertified(): void {
    for (const certificate of this.#simplex.unconnected) {
      const { kind, view, block } = certificate.statement;
      this.#wantBlock(block, this.#simplex.leaderOf(view), view);
      if (kind === VoteKind.FINALIZE && view > (this.#target?.statement.view ?? 0)) this.#target = certificate;
    }
  }

  #stateLaneBytes(fetcher: Fetcher, nowMs: number): void {
    for (const range of this.#queue.missing(BLOCKS_AHEAD_MAX)) {
      // Pieces of one lane come from different cities.
      const piece = pieceOf(range.from);
      const prefer = [(range.lane + piece) % this.#genesis.authorities.length, range.lane];
      fetcher.want(wantEntries(`lane:${range.lane}:piece:${piece}`, range, prefer, nowMs));
    }
  }

  /** Nobody gave blocks: that another epoch was heard is forgotten until it is heard again. */
  onNoBlocks(key: string): void {
    if (key === 'blocks') this.#later = undefined;
  }

  /** A reply to a request for blocks, by height or by digest. True when it helped; else why the sender misbehaved, if so. */
  onBlocks(nowMs: number, key: string, blocks: Blocks): boolean | Misbehaviour {
    if (key !== 'blocks') return this.#onSingleBlock(nowMs, key, blocks);
    this.#later = undefined; // asked again when it is heard again
    const chain = this.#decodeChain(blocks.blocks);
    const [first, newest] = [chain?.[0], chain?.at(-1)];
    if (chain === undefined || first === undefined || newest === undefined) return 'wrong-reply';
    const { tree } = this.#simplex;
    const { height } = tree.root;
    if (chain.some(({ epoch }) => epoch !== this.#simplex.epoch)) return false; // guard: C12 blocks of another epoch are not of this chain
    // What was asked for before the own chain grew.
    if (first.height !== tree.root.height + 1) return false;
    // One finalization proves the whole chain below it: every block names its parent's digest (C6).
    const certificate = this.#verifiedFinalization(blocks.finalization, newest.digest);
    if (certificate === undefined) return 'wrong-signature';
    // guard: C6 a final chain beside the own one is an alarm
    if (!equalBytes(first.parent, tree.root.digest)) {
      this.#simplex.watch.violated(certificate);
      return false;
    }
    for (const block of chain) tree.add(block);
    const path = tree.pathTo(newest.digest);
    if (path === undefined || path.length === 0) return false;
    this.#simplex.onFinalPath(nowMs, path, certificate);
    return tree.root.height > height;
  }

  /** Blocks each on the one before; undefined when they are not. */
  #decodeChain(encoded: readonly Uint8Array[]): CarriedBlock[] | undefined {
    const chain: CarriedBlock[] = [];
    for (const bytes of encoded.slice(0, limits.syncBlocksMax)) {
      const block = this.#decode(bytes);
      if (!block.ok) return undefined;
      const parent = chain.at(-1);
      const { height } = block.value;
      if (parent !== undefined && !(equalBytes(block.value.parent, parent.digest) && height === parent.height + 1)) {
        return undefined;
      }
      chain.push(block.value);
    }
    return chain;
  }

  /** A block of this epoch over its lanes, or of another one over any (C12). */
  #decode(bytes: Uint8Array): Result<CarriedBlock> {
    const block = decodeBlock(this.#domains, this.#genesis.authorities.length, bytes);
    if (block.ok) return block;
    const other = decodeBlock(this.#domains, limits.authoritiesMax, bytes);
    return other.ok && other.value.epoch !== this.#simplex.epoch ? other : block;
  }

  #onSingleBlock(nowMs: number, key: string, blocks: Blocks): boolean | Misbehaviour {
    const wanted = this.#wantedBlocks.get(key.slice('block:'.length));
    if (wanted === undefined) return true;
    const bytes = blocks.blocks[0];
    const block = bytes && this.#decode(bytes);
    if (block?.ok !== true || !equalBytes(block.value.digest, wanted.digest)) return 'wrong-reply';
    if (block.value.epoch !== this.#simplex.epoch) return false; // guard: C12 blocks of another epoch are not of this chain
    const { view } = block.value;
    // Nobody signed it: only a digest names it. Views fall from block to block, so a made-up chain ends, and finality drops it.
    if (view > wanted.viewMax || view <= this.#simplex.finalizedView) return false; // guard: G2 ancestors lie between the final block and who names them
    this.#wantedBlocks.delete(toHex(wanted.digest));
    this.#simplex.onBlock(nowMs, block.value);
    this.#wantBlock(wanted.digest, wanted.prefer, view);
    return true;
  }

  #verifiedFinalization(message: Blocks['finalization'], digest: Digest): CarriedCertificate | undefined {
    if (message === undefined) return undefined;
    const context = { genesis: this.#genesis, crypto: this.#crypto, domains: this.#domains };
    const verified = verifyQuorumCertificate(context, message);
    if (!verified.ok || verified.value.kind !== VoteKind.FINALIZE || !equalBytes(verified.value.block, digest)) {
      return undefined;
    }
    const statement = decodeStatement(this.#domains, message.statement);
    if (!statement.ok) return undefined;
    return { statement: statement.value, bytes: encodeMessage(QuorumCertificateSchema, message) };
  }

  #forgetSettled(): void {
    const { tree, finalizedView } = this.#simplex;
    if (this.#target !== undefined && this.#target.statement.view <= finalizedView) this.#target = undefined;
    for (const [hex, wanted] of this.#wantedBlocks) {
      if (wanted.viewMax <= finalizedView || tree.block(wanted.digest) !== undefined) this.#wantedBlocks.delete(hex);
    }
  }
}

function encodeBlocksRequest(from: number, to: number): Uint8Array {
  const value = { from: BigInt(from), to: BigInt(to) };
  return encodeMessage(SyncRequestSchema, create(SyncRequestSchema, { kind: { case: 'blocks', value } }));
}

function encodeBlockRequest(digest: Digest): Uint8Array {
  return encodeMessage(SyncRequestSchema, create(SyncRequestSchema, { kind: { case: 'block', value: { digest } } }));
}

/** A verified certificate from its bytes, or undefined. */
export function verifyCarriedCertificate(
  context: { genesis: Genesis; crypto: Crypto; domains: Domains },
  bytes: Uint8Array,
): CarriedCertificate | undefined {
  if (!verifyQuorumCertificate(context, bytes).ok) return undefined;
  return decodeCarriedCertificate(context.domains, bytes);
}

/** The statement of a certificate whose signatures are not checked here. */
export function decodeCarriedCertificate(domains: Domains, bytes: Uint8Array): CarriedCertificate | undefined {
  const message = decodeStrict(QuorumCertificateSchema, bytes, limits.certificateBytesMax);
  if (!message.ok) return undefined;
  const statement = decodeStatement(domains, message.value.statement);
  return statement.ok ? { statement: statement.value, bytes } : undefined;
}

import { concatBytes, equalBytes } from '../bytes.ts';
import { type Crypto, type Digest, type Domains, ZERO_DIGEST } from '../crypto/index.ts';
import { invariant } from '../errors.ts';
import { changeFactKey, readChangeFact } from '../families/membership/fact.ts';
import { families as registeredFamilies } from '../families/registered.ts';
import type { FamilyRegistry } from '../families/registry.ts';
import type { MembershipChange } from '../gen/hansa/v1/families_pb.ts';
import { nextEpoch } from '../genesis/authority-set.ts';
import type { Authority, AuthorityIndex, Genesis } from '../genesis/types.ts';
import { HistoryTree, type MapChanges, type MapProof, SparseMerkleMap } from '../merkle/index.ts';
import { REQUEST_KEY_BYTES } from '../records/index.ts';
import { BlockExecution } from './block-execution.ts';
import { damagedLog, encodeExecutionLog, readExecutionLog } from './execution-log.ts';
import { FactOverlay } from './fact-overlay.ts';
import { RequestSet } from './request-set.ts';
import type { CheckpointState, ExecutedBlock, LedgerBlock } from './types.ts';

export interface LedgerOptions {
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  readonly domains: Domains;
  /** The registered ones unless said otherwise. */
  readonly families?: FamilyRegistry;
}

/**
 * The agreed state of one city: executes final blocks in order (L1) and keeps the two authenticated structures (L3),
 * `history` over entry digests and the map of current facts. A deterministic function of the genesis file and the
 * blocks. In memory; the caller persists the execution logs and gives them to `restore` after a start.
 */
export class Ledger {
  /** By epoch: the federation as each has it, up to that of the last executed block (C12). */
  readonly #epochs: Genesis[];
  #epoch = 0;
  readonly #crypto: Crypto;
  readonly #domains: Domains;
  readonly #families: FamilyRegistry;
  readonly #history: HistoryTree;
  readonly #facts: SparseMerkleMap;
  readonly #overlay: FactOverlay;
  readonly #requests = new RequestSet();
  /** Retained heights; the newest is always there. */
  readonly #checkpoints = new Map<number, CheckpointState>();
  #newest: CheckpointState;
  /** L4: legal time of the last executed block. */
  #timestampMs: number;
  #oldestHeight = 0;

  constructor(options: LedgerOptions) {
    this.#epochs = [options.genesis];
    this.#timestampMs = options.genesis.createdAtMs;
    this.#crypto = options.crypto;
    this.#domains = options.domains;
    this.#families = options.families ?? registeredFamilies;
    this.#history = new HistoryTree(this.#crypto);
    this.#facts = new SparseMerkleMap(this.#crypto);
    this.#overlay = new FactOverlay(this.#facts);
    const facts = this.#families.list().flatMap((family) => family.genesisFacts?.(options) ?? []);
    this.#facts.apply(0, facts);
    this.#newest = this.#checkpointNow(0, ZERO_DIGEST);
    this.#checkpoints.set(0, this.#newest);
  }

  /** Last executed height; 0 is the genesis block. */
  get height(): number {
    return this.#newest.height;
  }

  /** C12: epoch of the last executed block. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * C12: the federation in an epoch, up to the one that the last executed block's epoch decided; undefined beyond. One that has
   * not begun counts from the last executed block: from its seal, once that is executed.
   */
  genesisOf(epoch: number): Genesis | undefined {
    const known = this.#epochs[epoch];
    const before = this.#epochs[epoch - 1];
    if (known !== undefined || before === undefined) return known;
    const change = this.changeOf(epoch);
    return change === undefined ? undefined : nextEpoch(before, change, this.#timestampMs);
  }

  /** C12: the change that makes an epoch, once it is decided; as of a retained height (the last one unless said otherwise). */
  changeOf(epoch: number, height: number = this.height): MembershipChange | undefined {
    const value = this.fact(changeFactKey(this.#domains, epoch), height);
    return value === undefined ? undefined : readChangeFact(value).change;
  }

  /** Number of facts. */
  get factCount(): number {
    return this.#facts.size;
  }

  /** Number of applied requests. */
  get requestCount(): number {
    return this.#requests.size;
  }

  /**
   * Executes the next final block. Every record has an outcome: applied, or rejected with a code and without effect
   * (L1). Throws only on a caller's bug: a wrong height or entries out of order.
   */
  execute(block: LedgerBlock): ExecutedBlock {
    invariant(block.height === this.height + 1, `block ${block.height} follows height ${this.height}`); // guard: L1 no gap
    const firstHistoryIndex = this.#history.size;
    const before = this.#enterEpoch(block.epoch ?? this.#epoch);
    this.#timestampMs = block.timestampMs;
    const execution = new BlockExecution({
      before,
      genesis: this.#present,
      crypto: this.#crypto,
      domains: this.#domains,
      families: this.#families,
      facts: this.#overlay,
      requests: this.#requests,
      block,
    });
    const { outcomes, rejected, requestKeys } = execution.run();
    const changes = this.#overlay.take();
    const entryDigests = block.entries.map(({ digest }) => digest);
    const checkpoint = this.#commit(block.height, entryDigests, changes, requestKeys);
    const { height, historyRoot, stateRoot } = checkpoint;
    const log = encodeExecutionLog({
      height,
      timestampMs: block.timestampMs,
      epoch: this.#epoch,
      firstHistoryIndex,
      entryDigests,
      changes,
      requestKeys,
      rejected,
      historyRoot,
      stateRoot,
    });
    return { height, checkpoint, firstHistoryIndex, outcomes, log };
  }

  /**
   * What would become of records of one lane if they were executed now, in this order: the code of the rule that each of
   * them breaks, or undefined. `epoch` is that of the next block: right after a turn it is one more than that of the last
   * executed block (C12). Changes nothing.
   */
  trial(
    lane: AuthorityIndex,
    records: readonly Uint8Array[],
    timestampMs: number,
    epoch: number = this.#epoch,
  ): (string | undefined)[] {
    const added = new RequestSet();
    const genesis = this.genesisOf(epoch);
    invariant(genesis !== undefined, 'the epoch of the next block is decided');
    const execution = new BlockExecution({
      before: epoch === this.#epoch ? undefined : this.#present.authorities,
      genesis,
      crypto: this.#crypto,
      domains: this.#domains,
      families: this.#families,
      facts: new FactOverlay(this.#facts),
      requests: {
        has: (key) => this.#requests.has(key) || added.has(key),
        add: (key) => added.add(key),
      },
      block: { height: this.height + 1, timestampMs, entries: [{ lane, sequence: 1, digest: ZERO_DIGEST, records }] },
    });
    return execution.run().outcomes.map(({ rejected }) => rejected);
  }

  /**
   * Re-applies the execution log of the next height. Throws LOG_DAMAGED when it does not give the state it names; the
   * ledger is of no use afterwards.
   */
  restore(log: Uint8Array): void {
    const executed = readExecutionLog(log);
    const { height, epoch, firstHistoryIndex, entryDigests, changes, requestKeys, historyRoot, stateRoot } = executed;
    if (height !== this.height + 1 || firstHistoryIndex !== this.#history.size) throw damagedLog();
    if (epoch !== this.#epoch && (epoch !== this.#epoch + 1 || this.genesisOf(epoch) === undefined)) throw damagedLog();
    this.#enterEpoch(epoch);
    this.#timestampMs = executed.timestampMs;
    for (let offset = 0; offset < requestKeys.length; offset += REQUEST_KEY_BYTES) {
      this.#requests.add(requestKeys.subarray(offset, offset + REQUEST_KEY_BYTES));
    }
    const checkpoint = this.#commit(height, entryDigests, changes, requestKeys);
    const same = equalBytes(checkpoint.historyRoot, historyRoot) && equalBytes(checkpoint.stateRoot, stateRoot);
    if (!same) throw damagedLog(); // guard: L3 a restored state is the executed one
  }

  /** The state after a height (the last one unless said otherwise), or undefined when it is not retained. */
  checkpoint(height: number = this.height): CheckpointState | undefined {
    return this.#checkpoints.get(height);
  }

  /** Forgets the states before a height; what is above the last executed height cannot be pruned to. */
  prune(oldestHeight: number): void {
    const oldest = Math.min(oldestHeight, this.height);
    for (; this.#oldestHeight < oldest; this.#oldestHeight++) this.#checkpoints.delete(this.#oldestHeight);
    this.#facts.prune(this.#mapVersion(this.#oldestHeight));
  }

  /** Value of a fact after a retained height (the last one unless said otherwise). */
  fact(key: Uint8Array, height: number = this.height): Uint8Array | undefined {
    return this.#facts.get(key, this.#mapVersion(height));
  }

  /** Proof of presence or absence against `factsRoot` of a retained height. */
  proveFact(key: Uint8Array, height: number): MapProof {
    return this.#facts.prove(key, this.#mapVersion(height));
  }

  /** RFC 6962 path of entry `index` in the history of `size` entries. */
  historyPath(index: number, size: number): Uint8Array[] {
    return this.#history.inclusionPath(index, size);
  }

  /** RFC 6962 proof that the history of `fromSize` entries is the beginning of that of `toSize`. */
  consistencyPath(fromSize: number, toSize: number): Uint8Array[] {
    return this.#history.consistencyPath(fromSize, toSize);
  }

  /** The federation in the epoch of the last executed block. */
  get #present(): Genesis {
    const genesis = this.#epochs[this.#epoch];
    invariant(genesis !== undefined, 'an executed epoch is known');
    return genesis;
  }

  /** C12: the authorities until now, when a new epoch begins. */
  #enterEpoch(epoch: number): readonly Authority[] | undefined {
    if (epoch === this.#epoch) return undefined;
    const before = this.#present.authorities;
    const next = this.genesisOf(epoch);
    invariant(epoch === this.#epoch + 1 && next !== undefined, `epoch ${epoch} was decided`); // guard: C12 an epoch follows a decision
    this.#epochs.push(next);
    this.#epoch = epoch;
    return before;
  }

  #commit(
    height: number,
    entryDigests: readonly Uint8Array[],
    changes: MapChanges,
    requestKeys: Uint8Array,
  ): CheckpointState {
    for (const digest of entryDigests) this.#history.append(digest);
    if (changes.lengths.length > 0) this.#facts.apply(height, changes);
    const { requestsDigest } = this.#newest;
    const nextRequests =
      requestKeys.length === 0
        ? requestsDigest
        : this.#domains.digest('requests', concatBytes(requestsDigest, requestKeys));
    this.#newest = this.#checkpointNow(height, nextRequests);
    this.#checkpoints.set(height, this.#newest);
    return this.#newest;
  }

  #checkpointNow(height: number, requestsDigest: Digest): CheckpointState {
    const factsRoot = this.#facts.root();
    return {
      height,
      historySize: this.#history.size,
      historyRoot: this.#history.root(),
      stateRoot: this.#domains.digest('state', concatBytes(factsRoot, requestsDigest)),
      factsRoot,
      requestsDigest,
    };
  }

  /** Heights without changes have no version of their own in the map. */
  #mapVersion(height: number): number {
    invariant(height >= this.#oldestHeight && height <= this.height, `the state at height ${height} is retained`);
    return Math.min(height, this.#facts.version);
  }
}

import { type CarriedBlock, type Cut, decodeBlock, type Tip } from '../consensus/block.ts';
import { type BlockNode, childNode } from '../consensus/block-tree.ts';
import { FINAL_BLOCKS_REMEMBERED, type FinalBlock } from '../consensus/final-chain.ts';
import { decodeProposal } from '../consensus/proposal.ts';
import { decodeVote } from '../consensus/votes.ts';
import { Domains } from '../crypto/index.ts';
import { HansaError, type Result } from '../errors.ts';
import { genesisBlockDigest } from '../genesis/index.ts';
import type { Genesis } from '../genesis/types.ts';
import { type CarriedHeader, decodeEntry, EMPTY_TIP, type VerifiedEntry, verifyRecords } from '../lanes/index.ts';
import { Ledger } from '../ledger/index.ts';
import { limits } from '../limits.ts';
import { decodeCarriedCertificate } from './catch-up.ts';
import { decodeFloor, decodeTip, keys, readU48, type Table, tableRange } from './keys.ts';
import type { ProofBase } from './proof-keeper.ts';
import type { RecoveredState, ReplicaOptions } from './recovered-state.ts';
import { Replica } from './replica.ts';
import { decodeSeal, type SealRecord } from './seal.ts';
import type { RangeOptions, StoreReader } from './store.ts';

/** Headers below the executed tip that are looked at again after a restart. */
const HEADERS_AGAIN = 32;

/**
 * C9: builds the replica from its store; an empty store gives a new city. The whole journal is replayed.
 *
 * Errors: STORE_DAMAGED when something that was written cannot be read back; restore the directory from a backup or
 * start with an empty one and let the city catch up.
 */
export async function recoverReplica(options: ReplicaOptions, store: StoreReader): Promise<Replica> {
  return new Replica(options, await recoverState(options, store));
}

async function recoverState(options: ReplicaOptions, store: StoreReader): Promise<RecoveredState> {
  const { genesis, crypto } = options;
  const domains = new Domains(crypto, genesis.federationId);
  const context = { genesis, crypto, domains };

  const floorBytes = await store.get(keys.floor());
  const floor = floorBytes === undefined ? undefined : decodeFloor(floorBytes);
  const floorBlock = floor === undefined ? undefined : await requireBlock(store, domains, floor.height);
  const seals = await storedSeals(store);
  const seal = floor === undefined ? undefined : decodeStored(seals.get(floor.height));
  const floorFinalization =
    floor === undefined ? undefined : ((await store.get(keys.finalization(floor.height))) ?? seal?.finalization);

  const checkpointHeight = floorBlock?.checkpoint.height ?? 0;
  const ledger = new Ledger(options.families === undefined ? context : { ...context, families: options.families });
  for await (const [, log] of store.range(tableRange('executions'))) {
    ledger.restore(log);
    // State versions below the newest final checkpoint are nobody's business any more.
    ledger.prune(Math.min(ledger.height, checkpointHeight));
  }

  // C12: an epoch is over when its seal is executed.
  const epoch = [...seals.keys()].filter((height) => height <= ledger.height).length;
  const genesisNow = present(ledger.genesisOf(epoch), 'the change that made the present epoch');
  const n = genesisNow.authorities.length;
  const [finalizedCut, executedCut] = await readTips(store, n);

  const unexecuted: BlockNode[] = [];
  let root = await rootNode(store, context, ledger.height, executedCut, epoch);
  if (floor !== undefined) {
    for (let height = ledger.height + 1; height <= floor.height; height++) {
      root = childNode(root, await requireBlock(store, domains, height));
      unexecuted.push(root);
    }
  }

  const entries: VerifiedEntry[] = [];
  const headers: CarriedHeader[] = [];
  const dropped: VerifiedEntry[] = [];
  for (let lane = 0; lane < n; lane++) {
    const executed = executedCut[lane] as Tip;
    const from = Math.max(1, executed.sequence + 1 - HEADERS_AGAIN);
    for await (const [, bytes] of store.range(tableRange('entries', [lane, from], [lane + 1]))) {
      const entry = must(decodeEntry(domains, genesisNow, bytes, 'any'), 'an entry');
      const isAhead = entry.header.sequence > executed.sequence;
      const isDropped = isAhead && entry.header.epoch !== epoch;
      if (!isDropped) headers.push(entry.header);
      if (isAhead) (isDropped ? dropped : entries).push(must(verifyRecords(crypto, domains, entry), 'an entry'));
    }
  }

  const finalization =
    floorFinalization === undefined ? undefined : decodeCarriedCertificate(domains, floorFinalization);
  const proofBase =
    floorBlock !== undefined && floorFinalization !== undefined && checkpointHeight <= ledger.height
      ? readProofBase(floorFinalization, floorBlock, seal, domains)
      : undefined;
  return {
    domains,
    ledger,
    root,
    finals: await readFinals(store, domains, root),
    finalizedCut,
    executedCut,
    unexecuted,
    epoch,
    seal: decodeStored([...seals.values()].at(-1)),
    dropped,
    entries,
    headers,
    evidence: await values(store, tableRange('evidence')),
    proofBase,
    journal: {
      finalization,
      halted: await readHalt(store),
      ...(await readJournal(store, domains, n, epoch, root.view)),
    },
  };
}

/** The newest final blocks up to the root. */
async function readFinals(store: StoreReader, domains: Domains, root: BlockNode): Promise<FinalBlock[]> {
  const from = Math.max(1, root.height + 1 - FINAL_BLOCKS_REMEMBERED);
  const blocks = await values(store, tableRange('blocks', [from], [root.height]));
  return [...blocks.map((bytes) => must(decodeBlock(domains, limits.authoritiesMax, bytes), 'a final block')), root];
}

/** C12: the ends of all epochs by height, ascending, as they are stored. */
async function storedSeals(store: StoreReader): Promise<Map<number, Uint8Array>> {
  const seals = new Map<number, Uint8Array>();
  for await (const [key, bytes] of store.range(tableRange('seals'))) seals.set(readU48(key, 1), bytes);
  return seals;
}

function decodeStored(seal: Uint8Array | undefined): SealRecord | undefined {
  return seal === undefined ? undefined : present(decodeSeal(seal), 'the end of an epoch');
}

/** C12: a seal may be final by what stood on it; the finalization is about the last of these blocks. */
function readProofBase(
  finalization: Uint8Array,
  floorBlock: CarriedBlock,
  seal: SealRecord | undefined,
  domains: Domains,
): ProofBase {
  const last = seal?.blocks.at(-1);
  const { bytes, checkpoint, epoch } =
    last === undefined ? floorBlock : must(decodeBlock(domains, limits.authoritiesMax, last), 'the end of an epoch');
  return { finalization, block: bytes, checkpointHeight: checkpoint.height, epoch };
}

/** Code of the alarm that stopped this city for good; codes are ASCII. */
async function readHalt(store: StoreReader): Promise<string | undefined> {
  const code = await store.get(keys.halt());
  return code === undefined ? undefined : String.fromCharCode(...code);
}

/** The node of the newest executed block: where the queue of unexecuted blocks starts. */
async function rootNode(
  store: StoreReader,
  context: { genesis: Genesis; domains: Domains },
  height: number,
  executedCut: Cut,
  epoch: number,
): Promise<BlockNode> {
  const { genesis, domains } = context;
  const genesisNode: BlockNode = {
    block: undefined,
    digest: genesisBlockDigest(domains),
    view: 0,
    height: 0,
    timestampMs: genesis.createdAtMs,
    cut: genesis.authorities.map(() => EMPTY_TIP),
    checkpointHeight: 0,
    lastNonEmptyHeight: 0,
    sealed: false,
  };
  if (height === 0) return genesisNode;
  const block = await requireBlock(store, domains, height);
  const node = childNode(genesisNode, block);
  // A non-empty block at or below the checkpoint is proven already: its height is of no more consequence.
  let newest = block;
  while (newest.advances.length === 0 && newest.height > Math.max(1, block.checkpoint.height)) {
    newest = await requireBlock(store, domains, newest.height - 1);
  }
  // C12: what a seal closed is the epoch before; the next one stands on it.
  return { ...node, cut: executedCut, lastNonEmptyHeight: newest.height, sealed: node.sealed && block.epoch === epoch };
}

async function readTips(store: StoreReader, n: number): Promise<[Tip[], Tip[]]> {
  const cuts: [Tip[], Tip[]] = [Array.from({ length: n }, () => EMPTY_TIP), Array.from({ length: n }, () => EMPTY_TIP)];
  for await (const [key, value] of store.range(tableRange('tips'))) {
    const cut = cuts[readU48(key, 1)];
    const lane = readU48(key, 7);
    if (cut !== undefined && lane < n) cut[lane] = decodeTip(value);
  }
  return cuts;
}

async function readJournal(store: StoreReader, domains: Domains, n: number, epoch: number, finalizedView: number) {
  const above = <T>(items: T[], place: (item: T) => { readonly epoch: number; readonly view: number }) =>
    items.filter((item) => place(item).epoch === epoch && place(item).view > finalizedView);
  const own = async (table: Table) => values(store, tableRange(table, [epoch], [epoch + 1]));
  const votes = (await own('votes')).map((bytes) => must(decodeVote(domains, n, bytes), 'a vote'));
  const certificates = (await own('certificates')).map((bytes) =>
    present(decodeCarriedCertificate(domains, bytes), 'a certificate'),
  );
  const blocks = (await own('candidates')).map((bytes) => must(decodeBlock(domains, n, bytes), 'a block'));
  const proposals = (await own('proposals')).map((bytes) => {
    const { block } = must(decodeProposal(domains, n, bytes), 'a proposal');
    return { bytes, block };
  });
  return {
    votes: above(votes, (vote) => vote.statement),
    certificates: above(certificates, (certificate) => certificate.statement),
    blocks: above(blocks, (block) => block).sort((a, b) => a.view - b.view),
    proposals: above(proposals, (proposal) => proposal.block),
  };
}

/** Its lanes were checked when it was voted for; here their number may be another epoch's. */
async function requireBlock(store: StoreReader, domains: Domains, height: number) {
  const bytes = present(await store.get(keys.block(height)), `the final block ${height}`);
  return must(decodeBlock(domains, limits.authoritiesMax, bytes), `the final block ${height}`);
}

async function values(store: StoreReader, range: RangeOptions): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const [, value] of store.range(range)) found.push(value);
  return found;
}

function must<T>(result: Result<T>, what: string): T {
  return present(result.ok ? result.value : undefined, what);
}

function present<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new HansaError(
    'STORE_DAMAGED',
    `The store lacks ${what}, or it is unreadable. Stop the daemon, restore the directory from a backup, or start with an empty one: the city catches up from the others.`,
  );
}

import { create } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import { type Entry, EntrySchema } from '../gen/hansa/v1/lane_pb.ts';
import { SyncRequestSchema, SyncResponseSchema } from '../gen/hansa/v1/sync_pb.ts';
import { limits } from '../limits.ts';
import { entryRange, readU48, tableRange } from './keys.ts';
import { encodeBlocksReply, encodeRefusal } from './messages.ts';
import { decodeSeal } from './seal.ts';
import type { StoreReader } from './store.ts';

/**
 * G2: answers a member's request for entries or final blocks from the store alone, so that serving a laggard never
 * waits for agreement. Undefined: the request is for the replica (status, a block that is not final).
 */
export async function answerFromStore(store: StoreReader, bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const request = decodeStrict(SyncRequestSchema, bytes, 1024);
  if (!request.ok) return encodeRefusal('MALFORMED');
  const { kind } = request.value;
  if (kind.case === 'entries') {
    const from = safeNumber(kind.value.from);
    const to = safeNumber(kind.value.to);
    if (from === undefined || to === undefined || from > to) return encodeRefusal('MALFORMED');
    return answerEntries(store, kind.value.lane, from, to);
  }
  if (kind.case === 'blocks') {
    const from = safeNumber(kind.value.from);
    const to = safeNumber(kind.value.to);
    if (from === undefined || to === undefined || from > to) return encodeRefusal('MALFORMED');
    return answerBlocks(store, from, Math.min(to, from + limits.syncBlocksMax - 1));
  }
  if (kind.case === undefined) return encodeRefusal('MALFORMED');
  return undefined;
}

async function answerEntries(store: StoreReader, lane: number, from: number, to: number): Promise<Uint8Array> {
  const entries: Entry[] = [];
  let size = 0;
  for await (const [, value] of store.range(entryRange(lane, from, to))) {
    if (entries.length > 0 && size + value.length > limits.syncReplyBytesMax) break;
    const entry = decodeStrict(EntrySchema, value);
    if (!entry.ok) return encodeRefusal('STORE_DAMAGED');
    entries.push(entry.value);
    size += value.length;
  }
  if (entries.length === 0) return encodeRefusal('NOT_HELD');
  const kind = { case: 'entries' as const, value: { entries } };
  return encodeMessage(SyncResponseSchema, create(SyncResponseSchema, { kind }));
}

/** The blocks up to the last one in reach that has a finalization of its own: it proves them all. */
async function answerBlocks(store: StoreReader, from: number, to: number): Promise<Uint8Array> {
  // C12: whoever asks may not know the set behind a seal yet, so a reply ends there.
  for await (const [key, value] of store.range({ ...tableRange('seals', [from], [to + 1]), limit: 1 })) {
    const seal = decodeSeal(value);
    const height = readU48(key, 1);
    const blocks = seal === undefined ? [] : await readBlocks(store, from, height - 1);
    const all = [...blocks, ...(seal?.blocks ?? [])];
    if (seal !== undefined && all.length <= limits.syncBlocksMax && sizeOf(all) <= limits.syncReplyBytesMax) {
      return encodeBlocksReply(all, seal.finalization);
    }
    return height > from
      ? answerBlocks(store, from, from + Math.floor((height - 1 - from) / 2))
      : encodeRefusal('TOO_LARGE');
  }
  let provenHeight: number | undefined;
  let finalization: Uint8Array | undefined;
  const range = { ...tableRange('finalizations', [from], [to + 1]), reverse: true, limit: 1 };
  for await (const [key, value] of store.range(range)) {
    provenHeight = readU48(key, 1);
    finalization = value;
  }
  if (provenHeight === undefined || finalization === undefined) return encodeRefusal('NOT_HELD');
  const blocks = await readBlocks(store, from, provenHeight);
  if (sizeOf(blocks) <= limits.syncReplyBytesMax) return encodeBlocksReply(blocks, finalization);
  // Too much for one reply: half the way, as long as there is a way.
  return to > from ? answerBlocks(store, from, from + Math.floor((to - from) / 2)) : encodeRefusal('TOO_LARGE');
}

async function readBlocks(store: StoreReader, from: number, to: number): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = [];
  for await (const [, value] of store.range(tableRange('blocks', [from], [to + 1]))) blocks.push(value);
  return blocks;
}

function sizeOf(blocks: readonly Uint8Array[]): number {
  return blocks.reduce((size, block) => size + block.length, 0);
}

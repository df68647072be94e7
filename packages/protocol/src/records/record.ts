import { create } from '@bufbuild/protobuf';
import { copyBytes, u32be } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import { DIGEST_BYTES, type Digest, type Domains, type Hasher, P256_KEY_BYTES } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { type Record, RecordSchema } from '../gen/hansa/v1/record_pb.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { QuickReader } from './quick-reader.ts';

/** R2: one fact of a record family, decoded. The carried bytes travel beside it (R1). */
export type { Record };

/** Signature of a person or a firm. */
export interface ActorSignature {
  /** Ed25519, 32 bytes, or P-256, compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes over `actorMessage`. */
  readonly signature: Uint8Array;
}

/** What a record is made of; without actors it needs nobody's signature but its lane's. */
export interface RecordDraft {
  readonly family: number;
  readonly type: number;
  /** 16 bytes; the same (lane, requestId) has one effect. */
  readonly requestId: Uint8Array;
  /** The family's own message, encoded. */
  readonly body: Uint8Array;
  readonly actors?: readonly ActorSignature[];
}

export const REQUEST_KEY_BYTES = 16;
export const ED25519_KEY_BYTES = 32;

/** Whether bytes can be the public key of a person or firm; its length names the scheme. */
export function isActorKey(key: Uint8Array): boolean {
  return key.length === ED25519_KEY_BYTES || (key.length === P256_KEY_BYTES && (key[0] === 2 || key[0] === 3));
}

export function encodeRecord(draft: RecordDraft): Uint8Array {
  const { family, type, requestId, body } = draft;
  const actors = (draft.actors ?? []).map(({ publicKey, signature }) => ({ publicKey, signature }));
  return encodeMessage(RecordSchema, create(RecordSchema, { family, type, requestId, body, actors }));
}

/**
 * Decodes the canonical bytes of a record; MALFORMED for all others and for fields of a wrong size. Its byte fields
 * are views of `bytes`. Family, body and signatures are not looked at.
 */
export function decodeRecord(bytes: Uint8Array): Result<Record> {
  const quick = readPlainRecord(bytes);
  if (quick !== undefined) return accept(quick);
  const decoded = decodeStrict(RecordSchema, bytes, limits.recordBytesMax);
  if (!decoded.ok) return decoded;
  const { requestId, actors } = decoded.value;
  if (requestId.length !== limits.requestIdBytes || actors.length > limits.actorSignaturesMax) {
    return refuse('MALFORMED');
  }
  for (const { publicKey, signature } of actors) {
    if (!isActorKey(publicKey) || signature.length !== 64) return refuse('MALFORMED');
  }
  return decoded;
}

/** The usual form, several times faster. Undefined for all others, good and bad. */
function readPlainRecord(bytes: Uint8Array): Record | undefined {
  if (bytes.length > limits.recordBytesMax) return undefined;
  const reader = new QuickReader(bytes);
  const family = reader.number(1);
  const type = reader.number(2);
  const requestId = reader.bytes(3);
  const body = reader.bytes(4);
  const signatures = reader.repeated(5);
  if (!reader.done || requestId.length !== limits.requestIdBytes) return undefined;
  if (signatures.length > limits.actorSignaturesMax) return undefined;
  const actors: Record['actors'] = [];
  for (const bytes of signatures) {
    const actor = readActor(bytes);
    if (actor === undefined) return undefined;
    actors.push(actor);
  }
  return { $typeName: 'hansa.v1.Record', family, type, requestId, body, actors };
}

function readActor(bytes: Uint8Array): Record['actors'][number] | undefined {
  const reader = new QuickReader(bytes);
  const publicKey = reader.bytes(1);
  const signature = reader.bytes(2);
  if (!reader.done || !isActorKey(publicKey) || signature.length !== 64) return undefined;
  return { $typeName: 'hansa.v1.ActorSignature', publicKey, signature };
}

/** R2: the tagged digest over the carried bytes. */
export function recordId(domains: Domains, bytes: Uint8Array): Digest {
  return domains.digest('record', bytes);
}

/** The recordIds of many records, side by side. */
export function recordIds(domains: Domains, records: readonly Uint8Array[]): Uint8Array {
  return domains.digestEach('record', records);
}

type SignedContent = Omit<RecordDraft, 'actors'>;

/** What an actor signs: prefix('actor') || SHA-256(u32be family || u32be type || requestId || body). */
export function actorMessage(domains: Domains, hasher: Hasher, record: SignedContent): Uint8Array {
  const content = new Uint8Array(contentBytes(record));
  writeContent(content, 0, record);
  return domains.message('actor', hasher.sha256(content));
}

/** The same for many records, side by side. */
export function actorMessages(
  domains: Domains,
  hasher: Hasher,
  records: readonly SignedContent[],
): readonly Uint8Array[] {
  const all = new Uint8Array(records.reduce((sum, record) => sum + contentBytes(record), 0));
  let end = 0;
  const contents = records.map((record) => {
    const start = end;
    end += contentBytes(record);
    writeContent(all, start, record);
    return all.subarray(start, end);
  });
  const digests = hasher.sha256Each(new Uint8Array(0), contents);
  return records.map((_, i) => domains.message('actor', digests.subarray(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES)));
}

function contentBytes({ requestId, body }: SignedContent): number {
  return 8 + requestId.length + body.length;
}

function writeContent(to: Uint8Array, at: number, { family, type, requestId, body }: SignedContent): void {
  const view = new DataView(to.buffer, to.byteOffset);
  view.setUint32(at, family);
  view.setUint32(at + 4, type);
  to.set(requestId, at + 8);
  to.set(body, at + 8 + requestId.length);
}

/** R2: the name under which the ledger remembers an applied request: first 16 bytes of digest('requests', u32be lane || requestId). */
export function requestKey(domains: Domains, lane: AuthorityIndex, requestId: Uint8Array): Uint8Array {
  return requestKeys(domains, lane, [requestId])[0] as Uint8Array;
}

/** The same for many requests of one lane, each of 16 bytes. Views of one array. */
export function requestKeys(
  domains: Domains,
  lane: AuthorityIndex,
  requestIds: readonly Uint8Array[],
): readonly Uint8Array[] {
  const rowBytes = 4 + limits.requestIdBytes;
  const rows = new Uint8Array(requestIds.length * rowBytes);
  const laneBytes = u32be(lane);
  requestIds.forEach((requestId, index) => {
    copyBytes(laneBytes, 0, rows, index * rowBytes, laneBytes.length);
    copyBytes(requestId, 0, rows, index * rowBytes + laneBytes.length, limits.requestIdBytes);
  });
  const digests = domains.digestRows('requests', rows, rowBytes);
  return requestIds.map((_, index) => digests.subarray(index * DIGEST_BYTES, index * DIGEST_BYTES + REQUEST_KEY_BYTES));
}

import { fromHex, limits, toHex } from '@hansa/protocol';
import type { Hasher } from '@hansa/protocol/crypto';
import type { Store, Write } from '@hansa/protocol/replica';
import { refusal } from '../services/meanings.ts';
import { type DocumentInfo, type DocumentType, documentTypes } from './document-types.ts';
import type { Requests } from './requests.ts';
import { decodeJson, encodeJson, privateKey, privateRange } from './tables.ts';
import { Turn } from './turn.ts';
import type { Vault } from './vault.ts';

/** A paper with its name, as it is committed to. */
export interface ListingDocument {
  readonly name: string;
  readonly mediaType: DocumentType;
  readonly content: Uint8Array;
}

/** How each type begins: what is only called one of them is not stored, nor given to a clerk. */
const beginnings: Readonly<Record<DocumentType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

const FORMAT = 'hansa-document/1';
const NEW_LINE = 0x0a;
/** Of the line before the paper: a name of 100 characters, the words around it. */
const HEADER_BYTES_MAX = 1024;
/** Of one paper: with its line it fits into one answer of the exchange. Eight make 4 MiB. */
export const documentBytesMax = limits.exchangePayloadBytesMax - HEADER_BYTES_MAX;
/** A file's name and no path: nothing that a header or a shell reads otherwise. */
export const documentName = '^[^\\p{C}/\\\\"<>:|?*]{1,100}$';
/** Decisions with papers, and no listing yet: 4 MiB each. */
const waitingMax = 200;

/** One line of JSON that says what it is, then the paper: whoever has it needs nothing else to know its name. */
export function encodeDocument({ name, mediaType, content }: ListingDocument): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ format: FORMAT, name, mediaType })}\n`), content]);
}

/** Undefined for what no city makes, another type than it says, and a name that is none. */
export function decodeDocument(payload: Uint8Array): ListingDocument | undefined {
  const end = payload.subarray(0, HEADER_BYTES_MAX).indexOf(NEW_LINE);
  if (end < 0) return undefined;
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload.subarray(0, end)));
    const { format, name, mediaType } = header as { format?: unknown; name?: unknown; mediaType?: unknown };
    const content = payload.subarray(end + 1);
    const found = typeOf(content);
    if (format !== FORMAT || typeof name !== 'string' || !new RegExp(documentName, 'u').test(name)) return undefined;
    return found === undefined || found !== mediaType ? undefined : { name, mediaType: found, content };
  } catch {
    return undefined;
  }
}

function typeOf(content: Uint8Array): DocumentType | undefined {
  return documentTypes.find((type) => beginnings[type].every((byte, at) => content[at] === byte));
}

/**
 * Papers of decisions that are not listed yet. They lie in the vault like every private payload; the decision's listing takes
 * them, and from then on they are opened and erased with it.
 */
export class ListingDocuments {
  /** Attaching, discarding and taking: what a listing commits to is what was attached when it was made. */
  readonly turn = new Turn();
  readonly #hasher: Hasher;
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #requests: Requests;
  #waiting: Promise<Map<string, readonly DocumentInfo[]>> | undefined;

  constructor(parts: {
    readonly hasher: Hasher;
    readonly store: Store;
    readonly vault: Vault;
    readonly requests: Requests;
  }) {
    this.#hasher = parts.hasher;
    this.#store = parts.store;
    this.#vault = parts.vault;
    this.#requests = parts.requests;
  }

  /**
   * All papers that now wait for the listing of this request; one of the same name is replaced. Durable when it resolves. Throws
   * DOCUMENT_TYPE_UNKNOWN, DOCUMENT_TOO_LARGE, DOCUMENT_TOO_LATE, DOCUMENTS_TOO_MANY.
   */
  async attach(requestId: Uint8Array, name: string, content: Uint8Array): Promise<readonly DocumentInfo[]> {
    if (content.length > documentBytesMax) throw refusal('DOCUMENT_TOO_LARGE');
    const mediaType = typeOf(content);
    if (mediaType === undefined) throw refusal('DOCUMENT_TYPE_UNKNOWN');
    return this.turn.take(async () => {
      // guard: P1 a listing's papers are those that it commits to
      if ((await this.#requests.get(requestId)) !== undefined) throw refusal('DOCUMENT_TOO_LATE');
      const waiting = await this.#load();
      const before = waiting.get(toHex(requestId)) ?? [];
      const kept = before.filter((each) => each.name !== name);
      const isFull = kept.length >= limits.documentCommitmentsMax;
      if (isFull || (before.length === 0 && waiting.size >= waitingMax)) throw refusal('DOCUMENTS_TOO_MANY');
      const { commitment, write } = this.#vault.seal(encodeDocument({ name, mediaType, content }));
      const digest = toHex(this.#hasher.sha256(content));
      const info = { name, mediaType, bytes: content.length, sha256: digest, commitment: toHex(commitment) };
      const documents = [...kept, info];
      const replaced = before.filter((each) => each.name === name);
      const row = { key: keyOf(requestId), value: encodeJson(documents) };
      await this.#store.commit([write, row, ...this.#gone(replaced)], true);
      waiting.set(toHex(requestId), documents);
      return documents;
    });
  }

  /** Deletes what waits, with its salts; how many there were. */
  async discard(requestId: Uint8Array): Promise<number> {
    return this.turn.take(async () => {
      const waiting = await this.#load();
      const documents = waiting.get(toHex(requestId));
      if (documents === undefined) return 0;
      await this.#store.commit([{ key: keyOf(requestId), value: undefined }, ...this.#gone(documents)], true);
      waiting.delete(toHex(requestId));
      return documents.length;
    });
  }

  /** What waits for these requests, in their order. In a turn of the caller's, who commits `takenWrites` and then says `taken`. */
  async waitingFor(requestIds: readonly Uint8Array[]): Promise<readonly (readonly DocumentInfo[])[]> {
    const waiting = await this.#load();
    return requestIds.map((requestId) => waiting.get(toHex(requestId)) ?? []);
  }

  takenWrites(requestId: Uint8Array): Write[] {
    return [{ key: keyOf(requestId), value: undefined }];
  }

  async taken(requestIds: readonly Uint8Array[]): Promise<void> {
    const waiting = await this.#load();
    for (const requestId of requestIds) waiting.delete(toHex(requestId));
  }

  #gone(documents: readonly DocumentInfo[]): Write[] {
    return documents.map(({ commitment }) => this.#vault.erasedWrite(fromHex(commitment) ?? new Uint8Array(0)));
  }

  /** Names and digests are in memory: an import of thousands of rows asks for each. */
  #load(): Promise<Map<string, readonly DocumentInfo[]>> {
    this.#waiting ??= this.#read();
    return this.#waiting;
  }

  async #read(): Promise<Map<string, readonly DocumentInfo[]>> {
    const found = new Map<string, readonly DocumentInfo[]>();
    for await (const [key, value] of this.#store.range(privateRange('documents'))) {
      found.set(toHex(key.subarray(1)), decodeJson<DocumentInfo[]>(value));
    }
    return found;
  }
}

function keyOf(requestId: Uint8Array): Uint8Array {
  return privateKey('documents', requestId);
}

import { type DecodedEntry, decodeEntry } from '@hansa/protocol/lanes';
import type { Federation } from '../world/contract.ts';
import { bytesField, type Field, readFields, writeFields } from './wire.ts';

/** Kinds of `SyncRequest` and `SyncResponse` by the number of their field. */
export const requestKinds = { 1: 'status', 2: 'entries', 3: 'blocks', 4: 'block' } as const;
export const replyKinds = { 1: 'status', 2: 'entries', 3: 'blocks', 4: 'refusal' } as const;

export type ReplyKind = (typeof replyKinds)[keyof typeof replyKinds];

/** The kind of a reply and the fields of what is in it; undefined when it is none. */
export function readReply(
  bytes: Uint8Array,
): { readonly kind: ReplyKind; readonly fields: readonly Field[] } | undefined {
  const [field] = readFields(bytes) ?? [];
  const kind = field === undefined ? undefined : (replyKinds as Readonly<Record<number, ReplyKind>>)[field.number];
  const fields = field?.value instanceof Uint8Array ? readFields(field.value) : undefined;
  return kind === undefined || fields === undefined ? undefined : { kind, fields };
}

/** `SyncResponse` bytes. */
export function writeReply(kind: ReplyKind, fields: readonly Field[]): Uint8Array {
  const number = Object.values(replyKinds).indexOf(kind) + 1;
  return writeFields([{ number, value: writeFields(fields) }]);
}

/** The entries in a reply; none when it is another kind of reply. */
export function entriesOf(federation: Federation, bytes: Uint8Array): DecodedEntry[] {
  const reply = readReply(bytes);
  if (reply?.kind !== 'entries') return [];
  return reply.fields.flatMap(({ value }) => {
    const entry =
      value instanceof Uint8Array ? decodeEntry(federation.domains, federation.genesis, value, 'any') : undefined;
    return entry?.ok === true ? [entry.value] : [];
  });
}

/** A `Refusal` of a code. */
export function refusal(code: string): Uint8Array {
  return writeReply('refusal', [{ number: 1, value: Uint8Array.from(code, (letter) => letter.charCodeAt(0)) }]);
}

/** First bytes field of a reply's inside. */
export function partOf(reply: { readonly fields: readonly Field[] }, number: number): Uint8Array | undefined {
  return bytesField(reply.fields, number);
}

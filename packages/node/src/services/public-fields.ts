import { toHex } from '@hansa/protocol';
import { formatDay } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import { formatLocation, fromRecordRef } from '@hansa/protocol/records';

/** Fields of record bodies that are legal days. */
const dayField = /(?:Until|On|Date|From)$/;

/** A record's body as JSON: bytes in hex, days as dates, references as locations. Lanes hold nothing private (P1). */
export function publicFields(genesis: Genesis, body: unknown): Record<string, unknown> {
  return viewMessage(genesis, body as object);
}

function viewMessage(genesis: Genesis, message: object): Record<string, unknown> {
  const view: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(message)) {
    if (name.startsWith('$') || value === undefined) continue;
    view[name] = viewValue(genesis, name, value);
  }
  return view;
}

function viewValue(genesis: Genesis, name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && dayField.test(name)) return value === 0 ? null : formatDay(value);
  if (Array.isArray(value)) return value.map((item) => viewValue(genesis, name, item));
  if (typeof value !== 'object' || value === null) return value;
  if (Reflect.get(value, '$typeName') === 'hansa.v1.RecordRef') {
    const location = fromRecordRef(value as Parameters<typeof fromRecordRef>[0]);
    return location === undefined ? null : formatLocation(genesis, location);
  }
  return viewMessage(genesis, value);
}

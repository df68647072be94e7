import { toHex } from '@hansa/protocol';
import { formatDay } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import { formatLocation, fromRecordRef } from '@hansa/protocol/records';
import { file_hansa_v1_families } from '@hansa/protocol/wire';
import { cityName } from '../city-names.ts';

/** Fields of record bodies that are legal days. */
const dayField = /(?:Until|On|Date|From)$/;

/** Fields that name a city: its index + 1, and 0 for any. */
const cityField = new Set(['addressedTo', 'grantee']);

/** Name of a message and of its field that is a choice -> words by number: `HOLDER_REQUEST` is `holder-request`. */
const words = new Map(
  file_hansa_v1_families.messages.flatMap(({ typeName, fields }) =>
    fields.flatMap((field) =>
      field.enum === undefined ? [] : [[`${typeName} ${field.localName}`, wordsOf(field.enum)] as const],
    ),
  ),
);

/**
 * A record's body as JSON: bytes in hex, days as dates, choices in words, cities by name, references as locations; null is
 * what was left out. Lanes hold nothing private (P1).
 */
export function publicFields(genesis: Genesis, body: unknown): Record<string, unknown> {
  return viewMessage(genesis, body as object);
}

function viewMessage(genesis: Genesis, message: object): Record<string, unknown> {
  const view: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(message)) {
    if (name.startsWith('$') || value === undefined) continue;
    const field = `${Reflect.get(message, '$typeName')} ${name}` as const;
    const choices = words.get(field);
    if (field === 'hansa.v1.MembershipChange subject') view[name] = cityName(genesis, value as number);
    else view[name] = choices === undefined ? viewValue(genesis, name, value) : viewChoice(choices, value);
  }
  return view;
}

/** What was left out is null; a number that this version has no word for stays one. */
function viewChoice(choices: ReadonlyMap<number, string>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => viewChoice(choices, item));
  return value === 0 ? null : (choices.get(value as number) ?? value);
}

function wordsOf({ values }: { readonly values: readonly { readonly number: number; readonly localName: string }[] }) {
  return new Map(values.map(({ number, localName }) => [number, localName.toLowerCase().replaceAll('_', '-')]));
}

function viewValue(genesis: Genesis, name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return value.length === 0 ? null : toHex(value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && cityField.has(name)) return value === 0 ? null : cityName(genesis, value - 1);
  if (typeof value === 'number' && dayField.test(name)) return value === 0 ? null : formatDay(value);
  if (Array.isArray(value)) return value.map((item) => viewValue(genesis, name, item));
  if (typeof value !== 'object' || value === null) return value;
  if (Reflect.get(value, '$typeName') === 'hansa.v1.RecordRef') {
    const location = fromRecordRef(value as Parameters<typeof fromRecordRef>[0]);
    return location === undefined ? null : formatLocation(genesis, location);
  }
  return viewMessage(genesis, value);
}

import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, fromHex, toHex } from '../bytes.ts';
import {
  EvidenceSchema,
  file_hansa_v1_consensus,
  PeerMessageSchema,
  VoteStatementSchema,
} from '../gen/hansa/v1/consensus_pb.ts';
import { file_hansa_v1_exchange } from '../gen/hansa/v1/exchange_pb.ts';
import { BlacklistListSchema, file_hansa_v1_families, ListingSchema } from '../gen/hansa/v1/families_pb.ts';
import { EntryHeaderSchema, file_hansa_v1_lane } from '../gen/hansa/v1/lane_pb.ts';
import { file_hansa_v1_receipt } from '../gen/hansa/v1/receipt_pb.ts';
import { file_hansa_v1_record, RecordSchema } from '../gen/hansa/v1/record_pb.ts';
import { file_hansa_v1_sync } from '../gen/hansa/v1/sync_pb.ts';
import { decodeStrict, encodeMessage, nestingDepthMax, safeNumber } from './index.ts';
import { WireScanner } from './scanner.ts';
import { type MessageRule, messageRule, WIRE_DELIMITED, WireKind } from './wire-table.ts';

const files = [
  file_hansa_v1_consensus,
  file_hansa_v1_exchange,
  file_hansa_v1_families,
  file_hansa_v1_lane,
  file_hansa_v1_receipt,
  file_hansa_v1_record,
  file_hansa_v1_sync,
];

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(' ', '')) as Uint8Array;

function faultOf(schema: DescMessage, bytes: Uint8Array): string {
  const result = decodeStrict(schema, bytes);
  if (result.ok) return 'accepted';
  expect(result.error.code).toBe('MALFORMED');
  return result.error.message;
}

const record = create(RecordSchema, {
  family: 2,
  type: 300,
  requestId: new Uint8Array(16).fill(7),
  body: new Uint8Array(200).fill(9),
  actors: [{ publicKey: new Uint8Array(32).fill(1), signature: new Uint8Array(64).fill(2) }, {}],
});

/** Any wire bytes of a few fields, well and badly formed alike. */
const wireBytes = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.integer({ min: 0, max: 14 }),
          fc.constantFrom(0, 0, 0, 2, 2, 2, 1, 3, 4, 5),
          fc.uint8Array({ maxLength: 12 }),
        )
        .map(([number, wire, payload]) =>
          wire === 2
            ? concatBytes(new Uint8Array([(number << 3) | 2, payload.length]), payload)
            : concatBytes(new Uint8Array([(number << 3) | wire]), payload.subarray(0, 3)),
        ),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 200 }))
        .map(([number, value]) =>
          value < 128 ? new Uint8Array([number << 3, value]) : new Uint8Array([number << 3, value, 1]),
        ),
      fc.uint8Array({ maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => concatBytes(...parts));

describe('strict decoding (R1)', () => {
  it('has a canonical form for every message of the schema', () => {
    for (const file of files)
      for (const message of file.messages) expect(messageRule(message).typeName).toBe(message.typeName);
  });

  it('accepts what the encoder writes and gives the same message back', () => {
    const bytes = encodeMessage(RecordSchema, record);
    const result = decodeStrict(RecordSchema, bytes);
    expect(result.ok && result.value).toEqual(record);
    expect(decodeStrict(RecordSchema, new Uint8Array(0)).ok).toBe(true);
  });

  it('reads exactly the same from a view inside of a larger buffer', () => {
    const bytes = encodeMessage(RecordSchema, record);
    const frame = concatBytes(new Uint8Array([255, 255, 255]), bytes, new Uint8Array([255]));
    const result = decodeStrict(RecordSchema, frame.subarray(3, 3 + bytes.length));
    expect(result.ok && result.value.body).toEqual(record.body);
  });

  it('accepts only bytes that re-encode to themselves, and all of those', () => {
    const schemas = [
      RecordSchema,
      ListingSchema,
      VoteStatementSchema,
      EntryHeaderSchema,
      EvidenceSchema,
      PeerMessageSchema,
    ];
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...schemas), wireBytes, (schema: DescMessage, bytes) => {
        const result = decodeStrict(schema, bytes);
        let canonical = false;
        try {
          const message = fromBinary(schema, bytes);
          canonical = equalBytes(toBinary(schema, message, { writeUnknownFields: false }), bytes);
          // The one further rule: enumeration numbers must be defined.
          if (canonical && !enumerationsDefined(schema, message)) canonical = false;
        } catch {
          canonical = false;
        }
        expect(result.ok).toBe(canonical);
        if (canonical) accepted++;
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });

  it('accepts no message with a byte changed, cut off or added that would not re-encode to itself', () => {
    const bytes = encodeMessage(RecordSchema, record);
    for (let i = 0; i < bytes.length; i++) {
      for (const flip of [1, 2, 4, 8, 0x40, 0x80, 0xff]) {
        const changed = bytes.slice();
        changed[i] = (changed[i] as number) ^ flip;
        const result = decodeStrict(RecordSchema, changed);
        if (result.ok) expect(toHex(encodeMessage(RecordSchema, result.value))).toBe(toHex(changed));
      }
      const cut = decodeStrict(RecordSchema, bytes.subarray(0, i));
      if (cut.ok) expect(encodeMessage(RecordSchema, cut.value)).toEqual(bytes.slice(0, i));
    }
    expect(decodeStrict(RecordSchema, concatBytes(bytes, new Uint8Array(1))).ok).toBe(false);
  });

  it.each([
    ['an explicit zero number', RecordSchema, '08 00', 'although zero'],
    ['an explicit empty byte string', RecordSchema, '1a 00', 'although empty'],
    ['a field twice', RecordSchema, '08 01 08 01', 'stands twice'],
    ['fields out of order', RecordSchema, '10 01 08 01', 'out of order'],
    ['an unknown field', RecordSchema, '30 01', 'not a field'],
    ['field number zero', RecordSchema, '00 01', 'not a field'],
    ['a tag in long form', RecordSchema, '88 00 01', 'tag'],
    ['a tag of three bytes', RecordSchema, '80 80 01 00', 'tag'],
    ['the wrong wire type', RecordSchema, '0d 01 00 00 00', 'wire type'],
    ['a group', RecordSchema, '0b 0c', 'wire type'],
    ['a number in long form', RecordSchema, '08 81 00', 'shortest form'],
    ['a 32-bit number with 33 bits', RecordSchema, '08 ff ff ff ff 1f', 'shortest form'],
    ['a 32-bit number of six bytes', RecordSchema, '08 ff ff ff ff 8f 00', 'shortest form'],
    ['a 64-bit number in long form', EntryHeaderSchema, '10 81 80 00', 'shortest form'],
    ['a 64-bit number with 65 bits', EntryHeaderSchema, '10 ff ff ff ff ff ff ff ff ff 02', 'shortest form'],
    ['a 64-bit number of eleven bytes', EntryHeaderSchema, '10 80 80 80 80 80 80 80 80 80 80 01', 'shortest form'],
    ['a truncated number', RecordSchema, '08 80', 'shortest form'],
    ['a missing number', RecordSchema, '08', 'shortest form'],
    ['a missing length', RecordSchema, '1a', 'truncated'],
    ['a length beyond the end', RecordSchema, '1a 02 01', 'truncated'],
    ['a length in long form', RecordSchema, '1a 81 00 01', 'although empty|malformed length'],
    ['a length of almost 2^32', RecordSchema, '1a ff ff ff ff 0f 01', 'truncated'],
    ['a nested field that reaches beyond its message', RecordSchema, '2a 02 0a 01 07', 'truncated'],
    ['an undefined enumeration number', VoteStatementSchema, '10 04', 'undefined enumeration'],
    ['a negative enumeration number', VoteStatementSchema, '10 ff ff ff ff ff ff ff ff ff 01', 'shortest form'],
    ['a boolean of two', ListingSchema, '38 02', 'neither true nor false'],
    ['two members of a oneof', EvidenceSchema, '0a 00 12 00', 'second member'],
    ['text with a surrogate', BlacklistListSchema, '6a 03 ed a0 80', 'UTF-8'],
    ['text with an overlong form', BlacklistListSchema, '6a 02 c0 80', 'UTF-8'],
    ['text that ends inside of a character', BlacklistListSchema, '6a 02 e4 bd', 'UTF-8'],
  ])('refuses %s', (_, schema, bytes, fault) => {
    expect(faultOf(schema, hex(bytes))).toMatch(new RegExp(fault));
  });

  it('judges text exactly as the platform does', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    const judge = (text: Uint8Array): void => {
      const bytes = concatBytes(new Uint8Array([0x6a, text.length]), text);
      let wellFormed = text.length > 0;
      try {
        strict.decode(text);
      } catch {
        wellFormed = false;
      }
      expect(decodeStrict(BlacklistListSchema, bytes).ok).toBe(wellFormed);
    };
    const edges = [
      0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0,
      0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...edges), { maxLength: 6 }), (bytes) => judge(new Uint8Array(bytes))),
      { numRuns: 20_000, seed: 2 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => judge(new TextEncoder().encode(text))),
    );
    judge(new Uint8Array([0xef, 0xbb, 0xbf, 0x41]));
  });

  it('keeps a leading byte order mark as text', () => {
    const bytes = hex('6a 04 ef bb bf 41');
    const result = decodeStrict(BlacklistListSchema, bytes);
    expect(result.ok && encodeMessage(BlacklistListSchema, result.value)).toEqual(bytes);
  });

  it('refuses messages nested deeper than any of the schema, whatever the sender wishes', () => {
    const fields: MessageRule['fields'][number][] = [undefined];
    const rule: MessageRule = { typeName: 'Nested', fields };
    fields.push({
      number: 1,
      kind: WireKind.message,
      wireType: WIRE_DELIMITED,
      repeated: false,
      packed: false,
      zeroOmitted: false,
      oneofBit: 0,
      defined: [],
      message: rule,
    });
    let bytes = new Uint8Array(0);
    for (let depth = 1; depth <= 40; depth++) {
      expect(new WireScanner(bytes).scan(rule)).toBe(depth <= nestingDepthMax);
      bytes = new Uint8Array([0x0a, bytes.length, ...bytes]);
    }
  });

  it('refuses more bytes than the bound before it looks at them', () => {
    const bytes = encodeMessage(RecordSchema, record);
    expect(decodeStrict(RecordSchema, bytes, bytes.length).ok).toBe(true);
    expect(decodeStrict(RecordSchema, bytes, bytes.length - 1).ok).toBe(false);
    expect(faultOf(RecordSchema, new Uint8Array(3 * 1024 * 1024))).toMatch(/at most/);
  });

  it('never writes unknown fields', () => {
    const message = create(RecordSchema, { family: 1 });
    message.$unknown = [{ no: 99, wireType: 0, data: new Uint8Array([1]) }];
    expect(toHex(encodeMessage(RecordSchema, message))).toBe('0801');
  });

  it('gives 64-bit fields as numbers only while they are exact', () => {
    expect(safeNumber(0n)).toBe(0);
    expect(safeNumber(9007199254740991n)).toBe(9007199254740991);
    expect(safeNumber(9007199254740992n)).toBeUndefined();
    expect(safeNumber(18446744073709551615n)).toBeUndefined();
    expect(safeNumber(-1n)).toBeUndefined();
  });
});

function enumerationsDefined(schema: DescMessage, message: MessageShape<DescMessage>): boolean {
  const fields = message as unknown as Record<string, unknown>;
  return schema.fields.every((field) => {
    if (field.fieldKind === 'enum') {
      return field.enum.values.some((value) => value.number === fields[field.localName]);
    }
    if (field.message === undefined || field.fieldKind === 'map') return true;
    const holder =
      field.oneof === undefined ? fields[field.localName] : oneofValue(fields[field.oneof.localName], field.localName);
    const nested = field.message;
    const values = Array.isArray(holder) ? holder : holder === undefined ? [] : [holder];
    return values.every((value) => enumerationsDefined(nested, value as MessageShape<DescMessage>));
  });
}

function oneofValue(oneof: unknown, localName: string): unknown {
  const chosen = oneof as { case?: string; value?: unknown };
  return chosen.case === localName ? chosen.value : undefined;
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecordMaker } from '../../../test/ledger-fixture.ts';
import { decodeStrict } from '../../codec/index.ts';
import { portableCrypto as crypto } from '../../crypto/index.ts';
import { unwrap } from '../../errors.ts';
import { type BlacklistList, BlacklistListSchema } from '../../gen/hansa/v1/families_pb.ts';
import { RecordSchema } from '../../gen/hansa/v1/record_pb.ts';
import { decodeRecord, encodeRecord } from '../../records/index.ts';
import { encodeBlacklistList } from './body.ts';
import { readPlainList } from './quick-list.ts';

const maker = new RecordMaker(crypto);
const listing = maker.listing('wang');
const requestId = new Uint8Array(16).fill(5);

const day = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 0xffff_ffff }));
const body = fc
  .record({
    subjectTag: fc.uint8Array({ maxLength: 200 }),
    severity: fc.constantFrom(0, 1, 2, 3),
    noticeDate: day,
    restrictUntil: day,
    handler: fc.uint8Array({ maxLength: 20 }),
    catalogueRef: fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 10 })),
    documentCommitments: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }),
  })
  .map((parts) => encodeBlacklistList({ ...listing, ...(parts as Partial<BlacklistList>) } as never));

/** The bytes as they are, or with one byte changed, taken away or put in. */
const damage = fc.record({ how: fc.integer({ min: 0, max: 4 }), at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });

function damaged(bytes: Uint8Array, { how, at, byte }: { how: number; at: number; byte: number }): Uint8Array {
  const place = at % (bytes.length + 1);
  const removed = how === 1 || how === 2 ? 1 : 0;
  const inserted = how === 2 || how === 3 ? [byte] : [];
  return how === 0 ? bytes : new Uint8Array([...bytes.slice(0, place), ...inserted, ...bytes.slice(place + removed)]);
}

it('the quick way of reading listings gives what the strict way gives, or nothing (R1)', () => {
  let quickly = 0;
  fc.assert(
    fc.property(body, damage, (valid, change) => {
      const bytes = damaged(valid, change);
      const quick = readPlainList(bytes);
      if (quick === undefined) return;
      quickly++;
      expect(decodeStrict(BlacklistListSchema, bytes)).toEqual({ ok: true, value: expect.objectContaining(quick) });
    }),
    { numRuns: 20_000 },
  );
  expect(quickly).toBeGreaterThan(1000);
});

it('the quick way of reading records gives what the strict way gives, or nothing (R1)', () => {
  const record = fc
    .record({
      family: fc.oneof(fc.integer({ min: 0, max: 300 }), day),
      type: day,
      requestId: fc.constantFrom(requestId, requestId, requestId.subarray(1), new Uint8Array(0)),
      body: fc.uint8Array({ maxLength: 300 }),
      actors: fc.constantFrom([], [], [{ publicKey: new Uint8Array(32).fill(1), signature: new Uint8Array(64) }]),
    })
    .map(encodeRecord);
  let accepted = 0;
  fc.assert(
    fc.property(record, damage, (valid, change) => {
      const bytes = damaged(valid, change);
      const decoded = decodeRecord(bytes);
      const strict = decodeStrict(RecordSchema, bytes);
      if (decoded.ok) {
        accepted++;
        expect({ ...unwrap(strict) }).toEqual({ ...decoded.value });
      } else if (strict.ok) {
        const { requestId: request, actors } = strict.value;
        const wrongSize =
          request.length !== 16 ||
          actors.some((actor) => actor.publicKey.length !== 32 || actor.signature.length !== 64);
        expect(wrongSize).toBe(true);
      }
    }),
    { numRuns: 20_000 },
  );
  expect(accepted).toBeGreaterThan(1000);
});

it('plain listings and records go the quick way', () => {
  expect(readPlainList(encodeBlacklistList(listing))).toBeDefined();
  expect(
    readPlainList(encodeBlacklistList({ ...listing, documentCommitments: [maker.commitment('paper')] })),
  ).toBeDefined();
  // Not plain: text beyond ASCII, and an empty element, which canonical bytes may have.
  expect(readPlainList(encodeBlacklistList({ ...listing, catalogueRef: 'é' }))).toBeUndefined();
  expect(readPlainList(encodeBlacklistList({ ...listing, documentCommitments: [new Uint8Array(0)] }))).toBeUndefined();
});

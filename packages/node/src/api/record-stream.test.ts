import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinRecords, splitRecords } from './record-stream.ts';

test('what is joined comes apart again, as views of the same bytes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 20 }),
      (records) => {
        const body = joinRecords(records);
        const split = splitRecords(body);
        expect(split.map((record) => [...record])).toEqual(records.map((record) => [...record]));
        for (const record of split) expect(record.buffer).toBe(body.buffer);
      },
    ),
  );
});

test('a body that is cut anywhere but between records is refused', () => {
  const records = [new Uint8Array(3).fill(7), new Uint8Array(200).fill(8)];
  const body = joinRecords(records);
  for (let length = 1; length < body.length; length++) {
    if (length === 4) continue;
    expect(() => splitRecords(body.subarray(0, length))).toThrow(
      expect.objectContaining({ code: 'RECORDS_TRUNCATED' }),
    );
  }
});

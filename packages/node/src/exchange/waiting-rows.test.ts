import { expect, test } from 'vitest';
import { WaitingRows } from './waiting-rows.ts';

/** A store whose reads are answered by hand. */
function shelf() {
  const reads: PromiseWithResolvers<string[]>[] = [];
  const rows = new WaitingRows(() => {
    const read = Promise.withResolvers<string[]>();
    reads.push(read);
    return read.promise;
  });
  return { rows, reads };
}

test('the store is asked at first, while rows wait, and after one was added (P3)', async () => {
  const { rows, reads } = shelf();
  const first = rows.list();
  reads[0]?.resolve(['a row from before the start']);
  expect(await first).toEqual(['a row from before the start']);
  const second = rows.list();
  reads[1]?.resolve([]);
  expect(await second).toEqual([]);
  expect(await rows.list()).toEqual([]);
  expect(reads).toHaveLength(2);
  rows.added();
  const third = rows.list();
  reads[2]?.resolve(['new']);
  expect(await third).toEqual(['new']);
});

test('a row that is added while the store is read is found by the next look (P3)', async () => {
  const { rows, reads } = shelf();
  const missed = rows.list();
  rows.added();
  reads[0]?.resolve([]);
  expect(await missed).toEqual([]);
  const found = rows.list();
  reads[1]?.resolve(['new']);
  expect(await found).toEqual(['new']);
});

test('there are surely none only after a read that found none, and until one is added (P3)', async () => {
  const { rows, reads } = shelf();
  expect(rows.none).toBe(false);
  const read = rows.list();
  expect(rows.none).toBe(false);
  reads[0]?.resolve([]);
  await read;
  expect(rows.none).toBe(true);
  rows.added();
  expect(rows.none).toBe(false);
});

test('after a read that failed the store is asked again (P3)', async () => {
  const { rows, reads } = shelf();
  const failed = rows.list();
  reads[0]?.reject(new Error('the disk is slow'));
  await expect(failed).rejects.toThrow('the disk is slow');
  const again = rows.list();
  reads[1]?.resolve(['still there']);
  expect(await again).toEqual(['still there']);
});
